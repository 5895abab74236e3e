/** What is known of AWS's regions: where they are, how far apart, what things cost there, how busy they are by the hour. */
@NullMarked
package io.wanspec.simulator.region;

import org.jspecify.annotations.NullMarked;
