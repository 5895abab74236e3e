/**
 * A study's findings as a table, as charts and as a page that needs nothing from elsewhere. Apache ECharts draws the charts, in
 * a JavaScript engine without a browser, so that the same data gives the same bytes on every machine.
 */
@NullMarked
package io.wanspec.evaluation.report;

import org.jspecify.annotations.NullMarked;
