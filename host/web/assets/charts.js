// <mi-chart data-chart="{…}">: draws one typed chart (wit/app/view.wit, interface charts) with Observable Plot.
// The figure, its takeaway and its table of data are already on the page: this only adds the drawing.
// No colour is in here: fills are CSS variables, so that light, dark, contrast and print follow by themselves.

const RAMP = [13, 32, 52, 76, 100].map((p) => `color-mix(in oklab, var(--d) ${p}%, var(--surface))`);
const DASH = [null, "6 3", "2 3", "9 3 2 3", "1 4", "12 4", "4 6", "8 2"];
/** Numbers without gaps. */
const known = (values) => values.filter((v) => v != null);
const least = (values) => Math.min(...known(values)), most = (values) => Math.max(...known(values));
let library;
const load = () => (library ??= import("./plot.js"));

class MiChart extends HTMLElement {
  connectedCallback() {
    this.spec = JSON.parse(this.dataset.chart);
    this.lang = this.closest("[lang]")?.lang || "fr";
    const seen = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.Plot = await load();
      this.width = 0;
      new ResizeObserver(() => this.draw()).observe(this);
      this.draw();
    }, { rootMargin: "600px" });
    seen.observe(this);
    // What the pointer shows goes away with Escape too (WCAG 2.2, 1.4.13).
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.querySelector(".plot")?.dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" }));
    });
  }
  draw() {
    const width = Math.floor(this.clientWidth);
    if (!width || width === this.width) return;
    this.width = width;
    // Large text is large in drawings too: they are made for a narrower room and enlarged with their letters.
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1, room = Math.floor(width / scale);
    const make = { line, area: line, bar, "stacked-bar": bar, parts, calendar, heatmap, lanes }[this.spec.kind];
    const { options, legend } = make(this.Plot, this.spec, room, words(this.lang, this.spec));
    const svg = this.Plot.plot({ width: room, className: "plot", ...options });
    svg.querySelector("style")?.remove(); // Plot's own sheet: app.css has these rules, so the CSP needs no hash
    svg.querySelectorAll("[aria-label]").forEach((g) => g.removeAttribute("aria-label"));
    svg.removeAttribute("font-family"); svg.removeAttribute("font-size");
    if (scale !== 1) { svg.setAttribute("width", width); svg.setAttribute("height", Math.round(svg.getAttribute("height") * scale)); }
    svg.setAttribute("role", "img");
    const caption = this.closest("figure")?.querySelector("figcaption");
    if (caption) svg.setAttribute("aria-label", caption.textContent.trim().replace(/\s+/g, " "));
    this.className = "drawn";
    this.replaceChildren(...(legend ? [legend] : []), svg);
  }
}

/** Numbers and dates in the language of the fragment. */
function words(lang, spec) {
  const fr = lang.startsWith("fr"), locale = fr ? "fr-FR" : "en-GB", unit = spec.suffix ?? "";
  const plain = (v, digits = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(v);
  const value = (v, digits) => {
    if (v == null) return fr ? "rien" : "nothing";
    if (isTime(spec)) return hours(v, plain);
    const size = Math.abs(v);
    if (spec.currency) return new Intl.NumberFormat(locale, { style: "currency", currency: spec.currency, ...(digits != null ? { minimumFractionDigits: digits, maximumFractionDigits: digits } : size >= 1000 ? { maximumFractionDigits: 0 } : {}) }).format(v);
    // As in the table: about three digits that count.
    const text = plain(v, digits ?? (size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4));
    return unit ? `${text}${unit === "%" && !fr ? "" : "\u00a0"}${unit}` : text;
  };
  const date = (iso, format) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...format }).format(new Date(iso + "T00:00Z"));
  return { fr, plain, value, date };
}

/** Minutes are read as hours where there are many. */
const isTime = (spec) => spec.unit === "minute" && most((spec.series ?? []).flatMap((s) => s.points).concat(spec.values ?? [], spec.cells ?? [], (spec.slices ?? []).map((s) => s.value), 0)) >= 120;
const hours = (minutes, plain) => {
  const all = Math.round(Math.abs(minutes)), h = Math.floor(all / 60), m = all % 60, sign = minutes < 0 && all ? "\u2212" : "";
  return sign + [h || !m ? `${plain(h)}\u00a0h` : "", m ? `${m}\u00a0min` : ""].filter(Boolean).join(" ");
};

const inked = (colour) => `color-mix(in oklab, ${colour} 72%, var(--ink))`; // a label in the colour of its series, dark enough to read
const el = (name, props, ...kids) => { const e = Object.assign(document.createElement(name), props); e.append(...kids); return e; };
const tone = (series, i, count) => series.c ? `var(--c${series.c})` : ({ accent: "var(--accent)", neutral: "var(--rest)", good: "var(--good)", warn: "var(--warn)", bad: "var(--bad)", compare: "var(--rest)" })[series.tone] ?? (count <= 2 ? (i ? "var(--e, var(--c1))" : "var(--d)") : `var(--c${i % 8 + 1})`);
function legendOf(series, colours, dashed) {
  return el("ul", { className: "lg" }, ...series.map((s, i) => {
    const li = el("li", {}), svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), mark = document.createElementNS(svg.namespaceURI, dashed ? "line" : "rect");
    svg.setAttribute("viewBox", "0 0 22 12"); svg.setAttribute("aria-hidden", "true");
    for (const [k, v] of Object.entries(dashed ? { x1: 0, x2: 22, y1: 6, y2: 6, "stroke-width": 3, stroke: colours[i], "stroke-dasharray": DASH[i] ?? "none" } : { x: 5, width: 12, height: 12, rx: 3, fill: colours[i] })) mark.setAttribute(k, v);
    svg.append(mark); li.append(svg, s.label); return li;
  }));
}
/** Width of a text in letters of usual width: those of East Asia and pictures take two. */
const letters = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) >= 0x1100 ? 2 : 1), 0);
/** A text cut to the room that it has, in pixels. */
function short(text, room, size = 7.1) {
  if (letters(text) * size <= room) return text;
  let [cut, left] = ["", Math.max(1, Math.floor(room / size) - 1)];
  for (const letter of text) {
    left -= letters(letter);
    if (left < 0 && cut) break;
    cut += letter;
  }
  return `${cut}…`;
}
/** Text under an axis of dates or labels: few, and the year only where it begins. */
function ticks(spec, n, slot, w, [left, right]) {
  const [step, dates] = spec.axis.dates ?? [];
  const nice = (room) => [1, 2, 3, 4, 6, 12].find((k) => k * slot >= room) ?? Math.ceil(room / slot);
  if (!dates) {
    const texts = spec.axis.labels, every = slot >= 46 ? 1 : nice(Math.min(110, most(texts.map((t) => t.length)) * 7.1 + 10));
    // A text stands below the middle of its slot: the first and the last one reach the edges of the drawing.
    const room = (i) => Math.min(every * slot - 6, 2 * (left + (i + 0.5) * slot) - 6, 2 * (right + (n - i - 0.5) * slot) - 6);
    return { low: texts.map((t, i) => ({ i, t: short(t, room(i)) })).filter(({ i }) => i % every === 0), years: [] };
  }
  if (step === "year") { const every = nice(46); return { low: dates.map((d, i) => ({ i, t: d.slice(0, 4) })).filter(({ i }) => i % every === 0), years: [] }; }
  const begins = dates.map((d, i) => ({ i, t: d.slice(0, 4) })).filter(({ i, t }) => t !== dates[i - 1]?.slice(0, 4));
  const years = begins.filter(({ i }, k) => ((begins[k + 1]?.i ?? Infinity) - i) * slot >= 40);
  const month = (d, i) => ({ i, t: w.date(d, { month: slot < 34 && slot >= 13 ? "narrow" : "short" }), m: d.slice(5, 7) });
  if (step === "month") return { low: slot >= 13 ? dates.map(month) : dates.map(month).filter(({ m }) => m === "01" || (m === "07" && slot * 6 >= 38)), years };
  if (step === "quarter") { const every = nice(40); return { low: dates.map((d, i) => ({ i, t: w.date(d, { month: "short" }) })).filter(({ i }) => i % every === 0), years }; }
  return { low: dates.map((d, i) => ({ i, t: w.date(d, { day: "numeric", month: "short" }) })).filter((_, i) => i % Math.max(1, Math.ceil(64 / slot)) === 0), years };
}
const nameOf = (spec, i, w) => {
  const [step, dates] = spec.axis.dates ?? [];
  if (!dates) return spec.axis.labels[i];
  if (step === "year") return dates[i].slice(0, 4);
  if (step === "quarter") return `${w.fr ? "T" : "Q"}${Math.ceil(dates[i].slice(5, 7) / 3)}\u00a0${dates[i].slice(0, 4)}`;
  return w.date(dates[i], step === "month" ? { month: "long", year: "numeric" } : { day: "numeric", month: "long", year: "numeric" });
};
/** The scale of values: three or four lines, zero kept, the unit only on the highest. */
function yAxis(Plot, low, high, w, spec) {
  const lo = Math.min(0, low), hi = Math.max(0, high, lo === 0 && !(high > 0) ? 1 : 0), rough = (hi - lo) / 3.6, time = isTime(spec);
  const p = (time ? 60 : 1) * 10 ** Math.max(time ? 0 : -Infinity, Math.floor(Math.log10(time ? rough / 60 : rough)));
  let step = (time ? [0.5, 1, 2, 3, 4, 6, 10] : [1, 2, 2.5, 5, 10]).map((k) => k * p).find((k) => k >= rough) ?? rough;
  if (step > hi && -step < lo) step /= 2;
  // What is counted has no halves.
  if (!time && !spec.currency && known(spec.series?.flatMap((s) => s.points) ?? [0.5]).every(Number.isInteger)) step = Math.max(1, Math.ceil(step));
  const at = []; for (let k = Math.ceil(lo / step - 0.001); k <= hi / step + 0.001; k++) if (k) at.push(k * step);
  const top = at.at(-1), digits = [0, 1, 2, 3].find((k) => Math.abs(step * 10 ** k - Math.round(step * 10 ** k)) < 1e-6) ?? 4;
  const domain = [Math.min(lo, ...at), Math.max(hi, ...at)], label = (d) => (d === top || time ? w.value(d, digits) : w.plain(d, digits));
  return { domain, room: roomFor(at.map(label)), from: (v) => (domain[1] - v) / (domain[1] - domain[0]), marks: [
    Plot.ruleY(at, { stroke: "var(--line)" }),
    Plot.text(at, { y: (d) => d, text: label, frameAnchor: "left", textAnchor: "end", dx: -8, fill: "var(--muted)" }),
  ] };
}
const under = (Plot, { low, years }) => [
  Plot.text(low, { x: "i", text: "t", frameAnchor: "bottom", dy: 16, fill: "var(--muted)" }),
  Plot.text(years, { x: "i", text: "t", frameAnchor: "bottom", textAnchor: "start", dx: -5, dy: 34, fill: "var(--ink)", fontWeight: 650 }),
];
/** What a pointer shows: the table says it too, so it is hidden from assistive technology; on a phone it is narrow enough to
 * stay within the chart. */
const look = (width) => ({ fill: "var(--surface)", stroke: "var(--control)", fontSize: 13, pathFilter: "none", ariaHidden: "true", lineWidth: width < 560 ? 9 : 20, textOverflow: "ellipsis" });
const tip = (Plot, rows, width) => Plot.tip(rows, Plot.pointerX({ x: "i", y: "y", title: "t", lineHeight: 1.35, maxRadius: 60, ...look(width) }));
const roomFor = (texts, size = 7.1) => Math.ceil(Math.max(...texts.map(letters)) * size) + 10;

function line(Plot, spec, width, w) {
  const n = spec.series[0].points.length, narrow = width < 560, many = spec.series.length;
  const colours = spec.series.map((s, i) => tone(s, i, many)), all = spec.series.flatMap((s) => s.points);
  const y = yAxis(Plot, least(all) * 1.04, most(all) * 1.04, w, spec);
  const left = y.room, right = narrow ? Math.max(8, Math.min(40, (spec.axis.labels?.at(-1).length ?? 0) * 3.6)) : Math.min(width * 0.3, roomFor(spec.series.map((s) => s.label), 7.6) + 6);
  const height = narrow ? 240 : spec.tall ? 360 : 300, t = ticks(spec, n, (width - left - right) / n, w, [left, right]), bottom = t.years.length ? 44 : 26;
  const inner = height - 16 - bottom;
  const ends = spec.series.map((s, i) => ({ i, label: short(s.label, right - 10, 7.6), v: s.points.findLast((p) => p != null) })).sort((a, b) => b.v - a.v);
  let last = -99; for (const e of ends) { const at = y.from(e.v) * inner, py = at - last < 18 ? last + 18 : at; e.dy = py - at; last = py; }
  const rows = Array.from({ length: n }, (_, i) => ({ i, y: Math.max(...known(spec.series.map((s) => s.points[i]))), t: [nameOf(spec, i, w), ...spec.series.map((s) => `${s.label} ${w.value(s.points[i])}`)].join("\n") })).filter(({ y }) => y > -Infinity);
  const pts = (s) => s.points.map((v, i) => ({ i, v: v ?? NaN })), lone = (s) => pts(s).filter(({ i, v }) => !Number.isNaN(v) && s.points[i - 1] == null && s.points[i + 1] == null);
  return {
    legend: narrow && many > 1 ? legendOf(spec.series, colours, true) : null,
    options: {
      height, marginLeft: left, marginRight: right, marginTop: 16, marginBottom: bottom,
      x: { domain: [0, n - 1], axis: null }, y: { domain: y.domain, axis: null },
      marks: [
        ...y.marks, Plot.ruleY([0], { stroke: "var(--control)" }),
        ...(spec.kind === "area" || many === 1 ? [Plot.areaY(pts(spec.series[0]), { x: "i", y1: 0, y2: "v", fill: colours[0], fillOpacity: 0.13, curve: "monotone-x" })] : []),
        ...spec.series.map((s, i) => Plot.lineY(pts(s), { x: "i", y: "v", stroke: colours[i], strokeWidth: 2.75, strokeDasharray: DASH[i], strokeLinecap: "round", curve: "monotone-x" })).reverse(),
        ...spec.series.map((s, i) => Plot.dot(lone(s), { x: "i", y: "v", r: 3.5, fill: colours[i] })),
        ...(narrow ? [] : ends.map((e) => Plot.text([e], { x: n - 1, y: "v", text: "label", textAnchor: "start", dx: 10, dy: e.dy, fill: inked(colours[e.i]), fontWeight: 650 }))),
        ...under(Plot, t), Plot.ruleX(rows, Plot.pointerX({ x: "i", stroke: "var(--control)", maxRadius: 60 })), tip(Plot, rows, width),
      ],
    },
  };
}

/** On a phone, parts of a stack that are too small to be seen are one: the table has each of them. What an app calls the
rest is of the rest, under its own name; the others keep theirs, the largest first. */
function joined(spec, w) {
  const SEEN = 0.04, size = (s) => known(s.points).reduce((a, v) => a + Math.abs(v), 0), all = spec.series.reduce((a, s) => a + size(s), 0);
  const own = spec.series.find((s) => s.tone === "neutral"), rest = own?.label ?? (w.fr ? "Tout le reste" : "All the rest");
  const small = spec.series.filter((s) => s === own || size(s) < all * SEEN), large = new Set(spec.series.filter((s) => !small.includes(s)));
  if (small.length < 2 || !large.size) return spec;
  const points = spec.series[0].points.map((_, i) => { const there = known(small.map((s) => s.points[i])); return there.length ? there.reduce((a, v) => a + v, 0) : null; });
  return { ...spec, series: [...spec.series.filter((s) => large.has(s)), { label: rest, points, tone: "neutral" }] };
}

/** Bars of one series, of several side by side ("bar"), or of several one on the other ("stacked-bar"). */
function bar(Plot, whole, width, w) {
  const spec = width < 560 && whole.kind === "stacked-bar" ? joined(whole, w) : whole;
  const n = spec.series[0].points.length, narrow = width < 620, many = spec.series.length, beside = spec.kind === "bar" && many > 1;
  const colours = spec.series.map((s, i) => tone(s, i, many));
  const sum = (i, sign) => spec.series.reduce((a, s) => a + (s.points[i] * sign > 0 ? s.points[i] : 0), 0), at = (sign) => Array.from({ length: n }, (_, i) => sum(i, sign));
  const all = spec.series.flatMap((s) => s.points), tops = beside ? spec.series[0].points.map((_, i) => Math.max(0, ...known(spec.series.map((s) => s.points[i])))) : at(1);
  const y = beside ? yAxis(Plot, least(all), most(all), w, spec) : yAxis(Plot, Math.min(...at(-1)), Math.max(...tops), w, spec), left = y.room;
  const named = many > 1 && !narrow && !beside, right = named ? Math.min(width * 0.3, roomFor(spec.series.map((s) => s.label), 7.4) + 4) : 2;
  const height = spec.low ? 150 : narrow ? 260 : many > 1 && !beside ? 400 : 280, slot = (width - left - right) / n, t = ticks(spec, n, slot, w, [left, right]), bottom = t.years.length ? 44 : 26;
  const inner = height - 16 - bottom, cells = [], ends = [], wide = 0.78 / many;
  for (let i = 0; i < n; i++) {
    const end = { 1: 0, "-1": 0 };
    spec.series.forEach((s, k) => {
      const v = s.points[i]; if (v == null) return;
      const a = beside ? 0 : end[v < 0 ? -1 : 1]; end[v < 0 ? -1 : 1] = a + v;
      cells.push({ i, k, a, b: a + v, l: i - 0.39 + k * wide, r: i - 0.39 + (k + 1) * wide });
      if (i === n - 1) ends.push({ k, mid: a + v / 2, label: short(s.label, right - 8, 7.4) });
    });
  }
  ends.sort((a, b) => a.mid - b.mid);
  let last = 1e9; for (const e of ends) { const mid = y.from(e.mid) * inner, py = last - mid < 17 ? last - 17 : mid; e.dy = py - mid; last = py; }
  const rows = tops.map((s, i) => ({ i, y: s, t: [nameOf(spec, i, w), ...(many > 1 ? spec.series.map((q) => `${q.label} ${w.value(q.points[i])}`).reverse() : [w.value(spec.series[0].points[i])])].join("\n") }));
  const gap = many > 1 && !beside ? 1 : 0, radius = many > 1 ? 1.5 : 3, fill = (d) => (many > 1 ? `color-mix(in oklab, ${colours[d.k]} 86%, var(--surface))` : colours[d.k]);
  return {
    legend: many > 1 && !named ? legendOf(spec.series, colours) : null,
    options: {
      height, marginLeft: left, marginRight: right, marginTop: 16, marginBottom: bottom,
      x: beside ? { domain: [-0.5, n - 0.5], axis: null } : { type: "band", domain: tops.map((_, i) => i), paddingInner: n > 30 ? 0.2 : 0.28, paddingOuter: 0.1, axis: null }, y: { domain: y.domain, axis: null },
      marks: [
        ...y.marks,
        beside ? Plot.rect(cells, { x1: "l", x2: "r", y1: "a", y2: "b", fill, rx: radius, insetLeft: 0.5, insetRight: 0.5 }) : Plot.barY(cells, { x: "i", y1: "a", y2: "b", fill, rx: radius, insetTop: gap, insetBottom: gap ? 0.5 : 0 }),
        Plot.ruleY([0], { stroke: "var(--control)" }),
        ...(named ? ends.map((e) => Plot.text([e], { x: n - 1, y: "mid", text: "label", textAnchor: "start", dx: slot / 2 + 8, dy: e.dy, fill: inked(colours[e.k]), fontWeight: 600 })) : []),
        ...under(Plot, t), tip(Plot, rows, width),
      ],
    },
  };
}

function parts(Plot, spec, width, w) {
  const all = spec.slices, sum = all.reduce((a, s) => a + s.value, 0), top = most(all.map((s) => s.value)), narrow = width < 560, step = narrow ? 50 : 36;
  const left = narrow ? 0 : Math.min(280, roomFor(all.map((s) => s.label), 7.6));
  // On a phone the share stands beside the name, above the bar and its value.
  const share = (d) => { const of = d.value / sum * 100; return `${d.value > 0 && of < 0.5 ? "<\u00a01" : w.plain(of)}${w.fr ? "\u00a0" : ""}%`; };
  const right = roomFor(all.map((s) => w.value(s.value)), 7.6) + (narrow ? 6 : 48);
  const fill = (s, i) => (s.tone && s.tone !== "auto" ? tone(s, i, 1) : s.value === top ? "var(--d)" : "color-mix(in oklab, var(--d) 55%, var(--surface))");
  const rows = all.map((s, i) => ({ ...s, i, f: fill(s, i), least: Math.max(s.value, s.value > 0 ? top * 0.006 : 0), label: short(s.label, narrow ? width - 56 : left - 10, 7.6) }));
  return { options: {
    height: all.length * step + 4, marginLeft: left, marginRight: right, marginTop: 0, marginBottom: 4,
    x: { domain: [0, top], axis: null }, y: { type: "band", domain: rows.map((r) => r.i), axis: null, paddingInner: 0 },
    marks: [
      Plot.barX(rows, { y: "i", x: "least", fill: "f", rx: 3, insetTop: narrow ? 25 : 7, insetBottom: narrow ? 5 : 7 }),
      Plot.text(rows, narrow ? { y: "i", text: "label", frameAnchor: "left", textAnchor: "start", dy: -11, fill: "var(--ink)" } : { y: "i", text: "label", frameAnchor: "left", textAnchor: "end", dx: -12, fill: "var(--ink)" }),
      Plot.text(rows, { y: "i", x: "value", text: (d) => w.value(d.value), textAnchor: "start", dx: 10, dy: narrow ? 10 : 0, fill: "var(--ink)", fontWeight: 650 }),
      Plot.text(rows, { y: "i", text: share, frameAnchor: "right", textAnchor: "end", dx: right - 2, dy: narrow ? -11 : 0, fill: "var(--muted)" }),
    ], color: { type: "identity" },
  } };
}

/** One block for each year, a line for each month: the seasons of all years stand on one height. */
function calendar(Plot, spec, width, w) {
  const start = Date.parse(spec.start + "T00:00Z"), lo = least(spec.values), hi = most(spec.values);
  const days = spec.values.map((v, i) => { const d = new Date(start + i * 864e5); return { v, y: d.getUTCFullYear(), m: d.getUTCMonth(), d: d.getUTCDate(), iso: d.toISOString().slice(0, 10), c: v == null ? "none" : RAMP[Math.min(4, Math.floor((v - lo) / (hi - lo || 1) * 5))] }; });
  const years = [...new Set(days.map((d) => d.y))], across = width >= 680 ? years.length : 1, top = days.find((d) => d.v === hi), left = 40;
  const cell = (width - left) / across / 31, row = Math.max(9, Math.min(18, across > 1 ? cell + 7 : cell + 1));
  const months = years.length > 1 ? Array.from({ length: 12 }, (_, i) => i) : [...new Set(days.map((d) => d.m))];
  const block = row * months.length + 30, sparse = row < 13, month = (m) => w.date(`2025-${String(m + 1).padStart(2, "0")}-01`, { month: "short" });
  const facet = across > 1 ? { fx: "y" } : { fy: "y" }, first = across > 1 ? days.filter((d) => d.y === years[0]) : days;
  const labels = [...new Map(first.map((d) => [`${d.y}-${d.m}`, { y: d.y, m: d.m, t: month(d.m) }])).values()];
  const legend = el("p", { className: "ramp" }, el("span", { textContent: w.value(lo) }));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"); svg.setAttribute("viewBox", "0 0 100 12"); svg.setAttribute("aria-hidden", "true");
  RAMP.forEach((c, i) => { const r = document.createElementNS(svg.namespaceURI, "rect"); for (const [k, v] of Object.entries({ x: i * 20, width: 19, height: 12, rx: 2, fill: c })) r.setAttribute(k, v); svg.append(r); });
  legend.append(svg, el("span", { textContent: w.value(hi) }), el("span", { className: "peak", textContent: `${w.fr ? "le plus fort" : "highest"}${w.fr ? "\u00a0" : ""}: ${w.date(top.iso, { day: "numeric", month: "long", year: "numeric" })}` }));
  return { legend, options: {
    height: across > 1 ? block : block * years.length, marginLeft: left, marginRight: 0, marginTop: 24, marginBottom: 4,
    x: { type: "band", domain: Array.from({ length: 31 }, (_, i) => i + 1), axis: null, padding: 0.1 }, y: { type: "band", domain: months, axis: null, padding: 0.12 },
    fx: { axis: null, padding: 0.05 }, fy: { axis: null, padding: 0.14 }, color: { type: "identity" },
    marks: [
      Plot.cell(days, { ...facet, x: "d", y: "m", fill: "c", rx: 2 }),
      Plot.cell([top], { ...facet, x: "d", y: "m", fill: "none", stroke: "var(--ink)", strokeWidth: 2, inset: -1.5, rx: 3 }),
      Plot.text(labels.filter((_, i) => !sparse || i % 3 === 0), { ...facet, y: "m", text: "t", frameAnchor: "left", textAnchor: "end", dx: -8, fill: "var(--muted)", fontSize: 12 }),
      Plot.text(years, { [across > 1 ? "fx" : "fy"]: (d) => d, text: (d) => String(d), frameAnchor: "top-left", dy: -20, textAnchor: "start", fill: "var(--ink)", fontWeight: 650, fontSize: 14 }),
      Plot.tip(days, Plot.pointer({ ...facet, x: "d", y: "m", title: (d) => `${w.date(d.iso, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}\n${w.value(d.v)}`, maxRadius: 20, ...look(width) })),
    ],
  } };
}

function heatmap(Plot, spec, width, w) {
  const lo = least(spec.cells), hi = most(spec.cells), cols = spec.columns.length, left = Math.min(width * 0.35, roomFor(spec.rows, 6.6)), slot = (width - left) / cols;
  const cells = spec.cells.map((v, i) => ({ v, x: i % cols, y: Math.floor(i / cols), c: v == null ? "none" : RAMP[Math.min(4, Math.floor((v - lo) / (hi - lo || 1) * 5))] }));
  const every = [1, 2, 3, 6, 12].find((k) => k * slot >= 38) ?? Math.ceil(38 / slot);
  return { options: {
    height: spec.rows.length * (width < 560 ? 24 : 30) + 28, marginLeft: left, marginRight: 0, marginTop: 2, marginBottom: 26, color: { type: "identity" },
    x: { type: "band", domain: spec.columns.map((_, i) => i), axis: null, padding: 0.08 }, y: { type: "band", domain: spec.rows.map((_, i) => i), axis: null, padding: 0.1 },
    marks: [
      Plot.cell(cells, { x: "x", y: "y", fill: "c", rx: 2.5 }),
      Plot.text(spec.rows, { y: (_, i) => i, text: (d) => short(d, left - 8, 6.6), frameAnchor: "left", textAnchor: "end", dx: -8, fill: "var(--muted)" }),
      Plot.text(spec.columns.map((t, i) => ({ t: short(t, every * slot - 4), i })).filter(({ i }) => i % every === 0), { x: "i", text: "t", frameAnchor: "bottom", dy: 16, fill: "var(--muted)" }),
      Plot.tip(cells, Plot.pointer({ x: "x", y: "y", title: (d) => `${spec.rows[d.y]}, ${spec.columns[d.x]}\n${w.value(d.v)}`, maxRadius: 24, ...look(width) })),
    ],
  } };
}

/** The host's own: what happened in a month, one lane for each domain. */
function lanes(Plot, spec, width, w) {
  const narrow = width < 560, left = narrow ? 8 : roomFor(spec.rows, 7.4), step = narrow ? 42 : 34, dates = spec.axis.dates[1];
  const marks = spec.marks.map((m) => ({ ...m, c: `var(--c${m.c})`, r: (m.r ?? 4) * (narrow ? 0.6 : 0.9) }));
  const low = dates.map((d, i) => ({ i, d })).filter(({ d }) => ["01", "08", "15", "22", "29"].includes(d.slice(8))).map(({ i, d }) => ({ i, t: w.date(d, narrow ? { day: "numeric" } : { day: "numeric", month: "short" }) }));
  return { options: {
    height: spec.rows.length * step + 40, marginLeft: left, marginRight: 12, marginTop: 12, marginBottom: 28, color: { type: "identity" }, r: { type: "identity" },
    x: { domain: [-0.5, dates.length - 0.5], axis: null }, y: { type: "band", domain: spec.rows.map((_, i) => i), axis: null },
    marks: [
      ...(spec.pick != null ? [Plot.rect([spec.pick], { x1: (d) => d - 0.5, x2: (d) => d + 0.5, fill: "var(--accent-soft)", rx: 6 })] : []),
      Plot.ruleY(spec.rows, { y: (_, i) => i, stroke: "var(--line)" }),
      Plot.dot(marks, { x: "x", y: "y", r: "r", fill: "c", stroke: "var(--surface)", strokeWidth: 1.5 }),
      Plot.text(spec.rows, narrow ? { y: (_, i) => i, text: (d) => d, frameAnchor: "left", textAnchor: "start", dy: -13, fill: "var(--ink)", fontSize: 12 } : { y: (_, i) => i, text: (d) => d, frameAnchor: "left", textAnchor: "end", dx: -10, fill: "var(--ink)" }),
      Plot.text(low, { x: "i", text: "t", frameAnchor: "bottom", dy: 16, fill: "var(--muted)" }),
    ],
  } };
}

customElements.define("mi-chart", MiChart);
