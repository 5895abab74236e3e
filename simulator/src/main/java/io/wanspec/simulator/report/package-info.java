/** Charts and the page that shows a study's findings; no script, nothing from elsewhere. */
@NullMarked
package io.wanspec.simulator.report;

import org.jspecify.annotations.NullMarked;
