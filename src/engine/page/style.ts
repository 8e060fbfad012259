import { sha256 } from '../../core/file.ts'

/** Everything the page looks like: no font, picture or script comes from anywhere. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#545f6e;--line:#c9d0d9;--paper:#fff;--sheet:#f5f7f9;--link:#0b57a4;--mark:#0f5f7c;--markbg:#e4f1f6;--warn:#8a3b00;--warnbg:#fdf1e5;--bar:#1d7797}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a7b1bf;--line:#3b4654;--paper:#12171d;--sheet:#1a2129;--link:#8cc4ff;--mark:#7fcbe6;--markbg:#16303b;--warn:#ffb27a;--warnbg:#33230f;--bar:#4fb0d1}}
*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
header,nav,main,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
header{padding-top:2rem}
h1{font-size:clamp(1.75rem,5vw,2.6rem);line-height:1.15;margin:.1em 0 .3em;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:1.5rem;line-height:1.25;margin:0 0 .6rem;letter-spacing:-.01em}
h3{font-size:1.1rem;line-height:1.35;margin:1.9rem 0 .4rem}
h4{font-size:1rem;margin:1.2rem 0 .3rem}
p,ul,ol,dl{margin:.5rem 0}
ul,ol{padding-left:1.4rem}
li{margin:.2rem 0}
p,li,dd{max-width:46rem}
section{border-top:2px solid var(--ink);margin-top:3rem;padding-top:1.2rem}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
pre{background:var(--sheet);border:1px solid var(--line);border-radius:.4rem;padding:.7rem .9rem;white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid var(--line)}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;z-index:1}
.eyebrow,.more,.facts,figcaption,caption{color:var(--soft);font-size:.92rem}
.eyebrow{margin:0;letter-spacing:.02em}
.facts{display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;margin:0 0 1.4rem;font-size:1rem}
.facts div{display:flex;gap:.4rem;flex-wrap:wrap}.facts div,.facts dd{min-width:0}.facts dd{margin:0;color:var(--ink)}
.first{display:grid;gap:1.5rem 2.5rem;grid-template-columns:minmax(0,1fr)}
.first h2{font-size:1.1rem;margin:0 0 .3rem}
.decided{margin:0;border-top:1px solid var(--line)}
.decided>div{padding:.55rem 0;border-bottom:1px solid var(--line)}
.decided dt{font-size:.92rem}.decided dd{margin:0}.decided .more{display:block}
.note{background:var(--warnbg);border-left:4px solid var(--warn);border-radius:.2rem .5rem .5rem .2rem;padding:.8rem 1rem}
.note.calm{background:var(--markbg);border-color:var(--mark)}
.note .more{color:var(--ink)}
.note ol{padding-left:1.2rem}
.amount{font-size:1.9rem;line-height:1.2;font-weight:650;margin:0;font-variant-numeric:tabular-nums}
nav{margin-top:2rem}
nav ul{list-style:none;padding:.6rem 0;margin:0;display:flex;flex-wrap:wrap;gap:.1rem 1.15rem;font-size:.92rem;border-bottom:1px solid var(--line)}nav ul:first-child{border-top:1px solid var(--line)}
nav li{margin:0}nav a{display:inline-block;padding:.2rem 0}
.conflicts{padding-left:0;list-style:none;counter-reset:c}
.conflicts li{counter-increment:c;background:var(--warnbg);border-left:4px solid var(--warn);border-radius:.2rem .5rem .5rem .2rem;padding:.7rem 1rem;margin:.7rem 0;max-width:52rem;break-inside:avoid}
.conflicts p{margin:.15rem 0}
.inputs{font-size:.92rem;color:var(--ink);overflow-wrap:anywhere}
.inputs::before{content:counter(c) ". ";font-weight:700}
.scroll{overflow-x:auto;margin:.9rem 0;position:relative;background:linear-gradient(to right,var(--paper) 1rem,transparent 2rem) left/2.5rem 100% no-repeat local,linear-gradient(to left,var(--paper) 1rem,transparent 2rem) right/2.5rem 100% no-repeat local,linear-gradient(to right,var(--line),transparent) left/.7rem 100% no-repeat,linear-gradient(to left,var(--line),transparent) right/.7rem 100% no-repeat}
table{overflow-wrap:break-word;border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.45}
caption{text-align:left;padding-bottom:.4rem}
caption.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.tasks{list-style:none;padding-left:0}.tasks li{padding-left:1.6rem;position:relative}.tick{position:absolute;left:0}
th,td{text-align:left;vertical-align:top;padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);min-width:6.5rem}
th{font-weight:600}
thead th{border-bottom:2px solid var(--soft);white-space:nowrap}
tbody th{min-width:9rem}
td code,th code{overflow-wrap:break-word}
.light{font-weight:400}time{white-space:nowrap}.many{font-size:.9rem}.many td{min-width:5rem}.many td:last-child{min-width:11rem}
.need::before{content:"\\25CF\\00A0";color:var(--mark)}
.stale{color:var(--warn)}
.stale::before{content:"\\26A0\\00A0"}
figure{margin:1.2rem 0}
figcaption{margin-bottom:.6rem}
.drawing svg{display:block;height:auto;max-width:100%}
.drawing .wide{width:100%}.drawing .narrow{width:20rem;display:none}
svg text{fill:var(--ink);font-family:inherit;unicode-bidi:isolate}
svg .lane{font-size:13px;fill:var(--soft)}svg .halo{paint-order:stroke;stroke:var(--sheet);stroke-width:5px;stroke-linejoin:round}
svg .title{font-size:15px;font-weight:600}
svg .said{font-size:13px}
svg .small{font-size:12px}
svg .middle{text-anchor:middle;font-weight:600}
svg .middle.title{font-size:14px}
svg .box{fill:var(--paper);stroke:var(--soft);stroke-width:1.25}
svg .strong{fill:var(--markbg);stroke:var(--mark);stroke-width:2}
svg .zone{fill:var(--sheet);stroke:var(--soft);stroke-width:1}
svg .zone.untrusted,svg .zone.processors{stroke-dasharray:6 4}
svg .line{fill:none;stroke:var(--soft);stroke-width:1.5}
svg .line.aside{stroke-dasharray:4 3}
svg .head{fill:var(--soft)}
svg .badge{fill:var(--ink)}
svg .number{fill:var(--paper);font-size:12px;font-weight:700;text-anchor:middle}
.crossings{columns:2 18rem;column-gap:2rem}
.crossings li{break-inside:avoid;margin:0 0 .3rem}
.chart ol{list-style:none;padding:0;margin:0}
.chart li{padding:.7rem 0;border-bottom:1px solid var(--line);max-width:none;break-inside:avoid}
.name{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}.name span{min-width:0}
.name strong{white-space:nowrap;font-variant-numeric:tabular-nums}
.bar{display:block;width:100%;height:12px;margin:.35rem 0}
.bar .rail{fill:var(--sheet)}.bar .fill{fill:var(--bar)}
.bar .open{fill:none;stroke:var(--soft);stroke-dasharray:5 4}
.chart p{margin:0;max-width:none}
footer{margin-top:3rem;padding-bottom:3rem;color:var(--soft);font-size:.92rem}
@media (min-width:52em){.first{grid-template-columns:minmax(0,1.7fr) minmax(0,1fr);grid-template-rows:auto 1fr}.first-decided{grid-column:1;grid-row:1/3}.first-settle,.first-cost{grid-column:2;align-self:start}.decided>div{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:1rem}}
@media screen and (max-width:43.9em){.drawing .wide{display:none}.drawing .narrow{display:block;margin:0 auto}.crossings{columns:1}}
@media print{@page{size:A4;margin:16mm 15mm}
:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--sheet:#f4f4f4;--link:#000;--mark:#0f5f7c;--markbg:#eaf3f7;--warn:#7a3400;--warnbg:#faf3ec;--bar:#1d7797;color-scheme:light}
html{font-size:10pt}header,main,footer{max-width:none;padding:0}nav,.skip{display:none}
body,svg,.note,.conflicts li{-webkit-print-color-adjust:exact;print-color-adjust:exact}
header{padding-top:0}section{margin-top:1.8rem}
h2,h3,h4,figcaption,caption{break-after:avoid}
tr,figure.drawing,.conflicts li,.chart li,pre{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible;background:none}table{font-size:9pt}thead th{white-space:normal}.scroll:focus-visible{outline:0}
th,td,tbody th,.many td,.many td:last-child{min-width:0;padding-right:.5rem;overflow-wrap:normal}.long,td code,th code{overflow-wrap:anywhere}.many{font-size:7.5pt}.crowded{font-size:6.5pt}
tbody tr:first-child{break-before:avoid}h3+.more{break-after:avoid}
.first{grid-template-columns:minmax(0,1.6fr) minmax(0,1fr);grid-template-rows:auto 1fr}.first-decided{grid-column:1;grid-row:1/3}.first-settle,.first-cost{grid-column:2;align-self:start}
.address::after{content:" (" attr(href) ")";font-weight:400;overflow-wrap:anywhere}
.chart a::after{content:" (" attr(href) ")";overflow-wrap:anywhere}
a{text-decoration:none}}
`.trim()

/** The one style the page allows itself, as the policy wants it named. */
export const styleHash = `sha256-${Buffer.from(sha256(style), 'hex').toString('base64')}`
