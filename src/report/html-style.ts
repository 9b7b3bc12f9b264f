/** Look of the report page, light and dark. */
export const pageStyle = `
:root{color-scheme:light dark;--line:#8884;--accent:#0a6;--front:#d40}
body{font:14px/1.45 system-ui,sans-serif;margin:1.2rem;max-width:1400px}
h1{font-size:1.3rem;margin:0}header p{margin:.2rem 0 .8rem}
.controls{display:flex;flex-wrap:wrap;gap:.9rem;align-items:center;margin-bottom:.7rem}
main{display:flex;flex-wrap:wrap;gap:1rem}canvas{border:1px solid var(--line);max-width:100%}
aside{flex:1;min-width:320px;max-height:460px;overflow:auto}
aside table{width:100%}.bar{background:var(--accent);height:.6em;display:inline-block;min-width:1px}
.scroll{overflow:auto;max-height:70vh;margin-top:1rem;border:1px solid var(--line)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
td,th{padding:.15rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
#above,#below{pointer-events:none}
td:first-child,th:first-child{text-align:left}
thead th{cursor:pointer;position:sticky;top:0;background:Canvas}
tbody tr{cursor:pointer}tbody tr:hover,tr.chosen{background:#0a62}
.front,.knee{color:var(--front);font-weight:600}.failed,.infeasible{opacity:.55}
figure{margin:1rem 0;min-height:12rem}figcaption{font-weight:600}.charts svg{max-width:100%;height:auto;background:#fff}
`;
