"""Other scripts and orders of dates: a Japanese maker, a Korean town's board, an Arab utility, a Turkish holding."""

from __future__ import annotations

from datetime import date

from sites.kit import Release, Site
from sites.prose import long_date
from sites.skins import Sheet

from .desk import Desk, e, pdf

AR_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]


def _ja_day(d: date) -> str:
    return f"{d.year}年{d.month}月{d.day}日"


# -- Japan --------------------------------------------------------------------------------------------------------------
def _ja_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="ja"><head><meta charset="UTF-8"><title>{e(s.title)} | {e(m.company)}</title><meta name="format-detection" content="telephone=no">{s.head}</head><body><header class="l-header"><p class="logo"><a href="/"><img src="/common/img/logo.svg" alt="{e(m.company)}"></a></p><nav class="gnav"><ul><li><a href="/company/">会社情報</a></li><li><a href="/products/">製品情報</a></li><li><a href="/ir/">株主・投資家情報</a></li><li><a href="/sustainability/">サステナビリティ</a></li><li><a href="/news/">ニュース</a></li><li><a href="/recruit/">採用情報</a></li></ul></nav><p class="lang"><a href="/en/">English</a></p></header>
<nav class="topicpath"><ol><li><a href="/">ホーム</a></li><li>{e(s.title)}</li></ol></nav><main class="l-main">{s.main}</main><footer class="l-footer"><ul><li><a href="/sitemap/">サイトマップ</a></li><li><a href="/privacy/">プライバシーポリシー</a></li><li><a href="/terms/">ご利用条件</a></li></ul><p class="copyright"><small>&copy; Minamo Seiki Co., Ltd.</small></p></footer></body></html>"""


def _ja_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article class="newsDetail"><p class="newsDetail_date">{_ja_day(r.day)}</p><p class="newsDetail_name">{e(m.company)}</p><h1 class="newsDetail_ttl">{e(r.title)}</h1><div class="newsDetail_body">{m.paras(r)}</div><div class="contactBox"><h2>お問い合わせ先</h2><p>{m.writer.press_person()}</p></div></article>"""


def japanese_dl() -> Site:
    """Date and category in the `dt`, the headline's link in the `dd`, some a PDF with its size; years as tabs."""
    m = Desk("japanese_dl", "ミナモ精機株式会社", "ja", _ja_chrome, _ja_article, section="/news/2026/", zone="Asia/Tokyo", show=_ja_day, marks=("og",), press=False, menu=[("会社情報", "/company/", [("会社概要", "/company/profile/"), ("沿革", "/company/history/")])])  # fmt: skip
    rels = m.take(22, date(2026, 5, 19), lambda n, d, s: f"/news/{d.year}/{d:%m%d}_{n:02d}." + ("pdf" if n % 5 == 0 else "html"), gap=(3, 8))  # fmt: skip
    rels = [r for r in rels if r.day and r.day.year == 2026]
    cats = ("製品", "企業情報", "IR", "サステナビリティ")

    def row(n: int, r: Release) -> str:
        assert r.day
        size = '<span class="ico-pdf">（PDF：312KB）</span>' if r.url_path.endswith(".pdf") else ""
        if size:
            pdf(m, r.url_path)
        blank = ' target="_blank"' if size else ""
        return f'<dt><span class="date">{_ja_day(r.day)}</span><span class="cat cat{n % 4 + 1}">{cats[n % 4]}</span></dt><dd><a href="{r.url_path}"{blank}>{e(r.title)}</a>{size}</dd>'

    tabs = "".join(f'<li{" class=current" if y == 2026 else ""}><a href="/news/{y}/">{y}年</a></li>' for y in range(2026, 2019, -1))  # fmt: skip
    m.put(m.section, "ニュースリリース 2026年", f'<h1>ニュースリリース</h1><ul class="yearTab">{tabs}</ul><p class="note">掲載されている情報は発表日現在のものです。</p><dl class="newsList">{"".join(row(n, r) for n, r in enumerate(rels))}</dl>')  # fmt: skip
    m.put("/", "ホーム", f'<div class="mv"><p>水と、つくる。</p></div><section class="topNews"><h2>ニュース</h2><dl class="newsList">{"".join(row(n, r) for n, r in enumerate(rels[:3]))}</dl><p class="link"><a href="/news/2026/">ニュース一覧</a></p></section><section class="topIr"><h2>IRカレンダー</h2><p>2026年6月25日　定時株主総会</p></section>')  # fmt: skip
    return m.site("/", rels, listing=m.section, zone="Asia/Tokyo")


# -- Korea ---------------------------------------------------------------------------------------------------------------
def _ko_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title>{s.head}</head><body><div id="skip"><a href="#contents">본문 바로가기</a></div><div id="header"><h1><a href="/main.do">{e(m.company)}</a></h1><ul id="gnb"><li><a href="/www/contents.do?key=12">시정소개</a></li><li><a href="/www/selectBbsNttList.do?bbsNo=31&amp;key=204">보도자료</a></li><li><a href="/www/selectBbsNttList.do?bbsNo=32&amp;key=205">공지사항</a></li><li><a href="/www/contents.do?key=77">민원안내</a></li></ul></div><div id="contents"><h2>{e(s.title)}</h2>{s.main}<div class="satisfaction"><p>이 페이지에서 제공하는 정보에 만족하십니까?</p></div></div><div id="footer"><address>한솔시 시청로 1</address><a href="/privacy.do">개인정보처리방침</a></div></body></html>"""


def _ko_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<div class="bbs_view"><h3 class="view_tit">{e(r.title)}</h3><ul class="view_info"><li>작성자 : 공보담당관</li><li>등록일 : {r.day}</li><li>조회 : 214</li></ul><div class="view_cont">{m.paras(r)}</div><ul class="file"><li><a href="/downloadBbsFile.do?atchmnflNo=31">보도자료.hwp [128KB]</a></li></ul><a class="btn" href="/www/selectBbsNttList.do?bbsNo=31&amp;key=204">목록</a></div>"""


def korean_board() -> Site:
    """A bulletin board: number, headline, department, `2026-05-12`, file and hits in cells; all addresses are queries."""
    m = Desk("korean_board", "한솔시청", "ko", _ko_chrome, _ko_article, section="/www/selectBbsNttList.do?bbsNo=31&key=204", zone="Asia/Seoul", show=str, marks=(), press=False, menu=[("시정소개", "/www/contents.do?key=12", [("조직도", "/www/contents.do?key=13")])])  # fmt: skip
    rels = m.take(20, date(2026, 5, 20), lambda n, d, s: f"/www/selectBbsNttView.do?bbsNo=31&nttNo={88100 + n}&key=204", gap=(0, 2))  # fmt: skip

    rows = "".join(f'<tr><td class="num">{4120 - n}</td><td class="subject"><a href="{e(r.url_path)}">{e(r.title)}</a></td><td class="dept">공보담당관</td><td class="date">{r.day}</td><td class="file"><a href="/downloadBbsFile.do?atchmnflNo={n + 60}"><img src="/img/hwp.gif" alt="첨부파일"></a></td><td class="hit">{n * 17 + 23}</td></tr>' for n, r in enumerate(rels))  # fmt: skip
    main = f'<div class="bbs_search"><form><select><option>제목</option><option>내용</option></select><input name="searchKrwd"><button>검색</button></form><p>총 게시물 <strong>4120</strong>건</p></div><table class="bbs_list"><caption>보도자료 목록</caption><thead><tr><th>번호</th><th>제목</th><th>담당부서</th><th>등록일</th><th>파일</th><th>조회</th></tr></thead><tbody>{rows}</tbody></table><div class="pagination"><a href="/www/selectBbsNttList.do?bbsNo=31&amp;key=204&amp;pageIndex=2">2</a></div>'
    m.put(m.section, "보도자료", main)
    return m.site(m.section, rels, zone="Asia/Seoul")


# -- an Arab utility -------------------------------------------------------------------------------------------------------
def _ar_day(d: date) -> str:
    return f"{d.day} {AR_MONTHS[d.month - 1]} {d.year}"


def _ar_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body class="rtl"><header class="top"><a class="navbar-brand" href="/ar"><img src="/logo.png" alt="{e(m.company)}"></a><ul class="menu"><li><a href="/ar/about">عن الشركة</a></li><li><a href="/ar/services">خدماتنا</a></li><li><a href="/ar/media">المركز الإعلامي</a></li><li><a href="/ar/careers">الوظائف</a></li><li><a href="/en">English</a></li></ul></header><main>{s.main}</main><footer><ul><li><a href="/ar/privacy">سياسة الخصوصية</a></li><li><a href="/ar/contact">اتصل بنا</a></li></ul><p>© 2026 جميع الحقوق محفوظة</p></footer></body></html>"""


def _ar_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article><h1>{e(r.title)}</h1><p class="date">{_ar_day(r.day)}</p>{m.paras(r)}</article>"""


def arabic_cards() -> Site:
    """Right to left: picture, `12 مايو 2026`, headline in an `h4`, and `اقرأ المزيد` as the only link of the card."""
    m = Desk("arabic_cards", "شركة مياه الريحان", "ar", _ar_chrome, _ar_article, section="/ar/media/press-releases", zone="Asia/Amman", show=_ar_day, marks=("og",), press=False, menu=[("عن الشركة", "/ar/about", [("الإدارة", "/ar/about/board")])])  # fmt: skip
    rels = m.take(12, date(2026, 5, 10), lambda n, d, s: f"/ar/media/press-releases/{1400 + n}", gap=(7, 20))
    cards = "".join(f'<div class="col-md-4"><div class="news-card"><img src="/uploads/{n}.jpg" alt=""><div class="card-content"><span class="card-date"><i class="fa fa-calendar"></i> {_ar_day(r.day)}</span><h4>{e(r.title)}</h4><p>{m.lead(r, 90)}</p><a href="{r.url_path}" class="btn-more">اقرأ المزيد</a></div></div></div>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "البيانات الصحفية", f'<div class="banner"><h1>البيانات الصحفية</h1></div><div class="container"><div class="row">{cards}</div></div>')  # fmt: skip
    return m.site(m.section, rels, zone="Asia/Amman")


# -- a Turkish holding -------------------------------------------------------------------------------------------------------
def _tr_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title>{s.head}</head><body><header><a href="/"><img src="/assets/logo.svg" alt="{e(m.company)}"></a><ul><li><a href="/kurumsal">Kurumsal</a></li><li><a href="/faaliyet-alanlari">Faaliyet Alanları</a></li><li><a href="/yatirimci-iliskileri">Yatırımcı İlişkileri</a></li><li><a href="/medya/basin-bultenleri">Medya</a></li></ul></header>{s.main}<footer><a href="/kvkk">KVKK Aydınlatma Metni</a> <a href="/cerez-politikasi">Çerez Politikası</a></footer></body></html>"""


def _tr_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<section class="detail"><h1>{e(r.title)}</h1><span>{long_date(r.day, "tr")}</span>{m.paras(r)}<div class="gallery"><a href="/u/1.jpg">Görseli indir</a></div></section>"""


def turkish_holding() -> Site:
    """The newest large beside a list; day, month's name and year on three lines of a box; `Detay` links."""
    m = Desk("turkish_holding", "Çamlıova Holding", "tr", _tr_chrome, _tr_article, section="/medya/basin-bultenleri", zone="Europe/Istanbul", marks=(), press=False)  # fmt: skip
    rels = m.take(15, date(2026, 5, 13), lambda n, d, s: f"/medya/basin-bultenleri/{s}", gap=(6, 15))

    def box(d: date) -> str:
        day, name, year = long_date(d, "tr").split()
        return f'<div class="date-box"><strong>{day}</strong><span>{name}</span><span>{year}</span></div>'

    first = rels[0]
    assert first.day
    head = f'<div class="featured"><img src="/u/f.jpg" alt="">{box(first.day)}<h2><a href="{first.url_path}">{e(first.title)}</a></h2><p>{m.lead(first)}</p><a class="detay" href="{first.url_path}">Detay</a></div>'
    rest = "".join(f'<div class="row bulten">{box(r.day)}<div class="txt"><h3><a href="{r.url_path}">{e(r.title)}</a></h3><a class="detay" href="{r.url_path}">Detay</a></div></div>' for r in rels[1:] if r.day)  # fmt: skip
    m.put(m.section, "Basın Bültenleri", f'<main><h1>Basın Bültenleri</h1><div class="submenu"><a href="{m.section}">Basın Bültenleri</a> <a href="/medya/basinda-biz">Basında Biz</a> <a href="/medya/kurumsal-kimlik">Kurumsal Kimlik</a></div>{head}<div class="list">{rest}</div></main>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Istanbul")


SITES = (japanese_dl, korean_board, arabic_cards, turkish_holding)
