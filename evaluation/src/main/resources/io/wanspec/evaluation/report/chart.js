// Runs after echarts.common.min.js, in an engine without a browser: draws a Chart of this package.

const WIDTH = 760;
const TOP = 44;
const BOTTOM = 52;
const LEGEND = 150;
const SYMBOL = 9;

/** The share of a name's height in which its series stand beneath each other, each in a lane of its own. */
const LANES = 0.8;

// ECharts sets timers for hover and loading effects, which a drawing does not have.
function setTimeout() {
  return 0;
}

function clearTimeout() {}

/** SVG of a chart that comes as JSON, with the colours of ink, paper and faint lines. */
function draw(json) {
  const chart = JSON.parse(json);
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: height(chart) });
  try {
    drawing.setOption(options(chart));
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}

function isNamed(chart) {
  return chart.y.names !== undefined;
}

function height(chart) {
  return isNamed(chart) ? TOP + BOTTOM + chart.y.names.length * (16 + 3 * chart.series.length) : 400;
}

function options(chart) {
  const ink = chart.ink;
  const series = chart.series.map((each, i) => symbols(chart, each, i));
  if (chart.toB1) {
    series[0].markLine = reference(chart);
  }
  return {
    animation: false,
    darkMode: false,
    backgroundColor: chart.paper,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    title: { text: chart.title, left: 8, top: 8, borderColor: chart.paper, textStyle: { fontSize: 15, color: ink } },
    grid: { top: TOP, bottom: BOTTOM, left: isNamed(chart) ? 200 : 64, right: LEGEND + 16, outerBoundsMode: 'none' },
    xAxis: numbers(chart, chart.x, 32),
    yAxis: isNamed(chart) ? [places(chart), names(chart)] : numbers(chart, chart.y, 42),
    legend: legend(chart),
    // The chart's own series first: by their index each symbol finds its hint.
    series: series.concat(chart.series.map((each, i) => errors(chart, each, i))),
  };
}

function numbers(chart, axis, labelGap) {
  const words = { name: axis.label, nameLocation: 'middle', nameGap: labelGap };
  const scale = { type: 'value', min: axis.from, max: axis.to, interval: axis.step };
  return Object.assign(lines(chart), words, scale, { nameTextStyle: { color: chart.ink, fontSize: 13 } });
}

function names(chart) {
  const axis = lines(chart);
  axis.axisLabel.interval = 0;
  const shown = { type: 'category', data: chart.y.names, inverse: true, position: 'left', axisTick: { show: false } };
  return Object.assign(axis, shown);
}

/** Where points stand beside names: an axis of names has no places between them. */
function places(chart) {
  return { type: 'value', min: -0.5, max: chart.y.names.length - 0.5, inverse: true, show: false };
}

function lines(chart) {
  return {
    axisLabel: { color: chart.ink },
    axisLine: { show: true, onZero: false, lineStyle: { color: chart.ink } },
    splitLine: { show: true, lineStyle: { color: chart.faint } },
  };
}

function legend(chart) {
  return {
    data: chart.series.map((each) => each.name),
    orient: 'vertical',
    selectedMode: false,
    left: WIDTH - LEGEND,
    top: TOP - 4,
    itemWidth: chart.series.every((each) => each.joined) ? 30 : SYMBOL,
    itemHeight: SYMBOL,
    borderColor: chart.paper,
    textStyle: { color: chart.ink },
  };
}

function symbols(chart, series, index) {
  const look = series.look;
  return {
    name: series.name,
    type: series.joined ? 'line' : 'scatter',
    symbol: look.symbol,
    symbolSize: SYMBOL,
    z: 3,
    itemStyle: { color: look.hollow ? chart.paper : look.shade, borderColor: look.shade, borderWidth: 1.6, opacity: 1 },
    lineStyle: { color: look.shade, width: 1.8, type: look.dashes.length > 0 ? look.dashes : 'solid' },
    data: series.points.map((point) => [point.x, place(chart, point, index)]),
  };
}

/** A line of which only the stretch from below to above each point shows. */
function errors(chart, series, index) {
  const data = [];
  series.points
    .filter((point) => point.error > 0)
    .forEach((point) => {
      const y = place(chart, point, index);
      data.push([point.x - point.error, y], [point.x + point.error, y], '-');
    });
  return { type: 'line', symbol: 'none', silent: true, lineStyle: { color: series.look.shade, width: 1.6 }, data: data };
}

function place(chart, point, index) {
  const lanes = chart.series.length;
  return isNamed(chart) ? point.y + (LANES * (index - (lanes - 1) / 2)) / lanes : point.y;
}

/** The line at B1, to which every value is a ratio. */
function reference(chart) {
  const down = isNamed(chart);
  return {
    silent: true,
    symbol: 'none',
    label: { formatter: 'B1', color: chart.ink, position: down ? 'start' : 'end', distance: down ? 5 : 9 },
    lineStyle: { color: chart.ink, width: 1.2, type: [5, 4] },
    data: [down ? { xAxis: 1 } : { yAxis: 1 }],
  };
}
