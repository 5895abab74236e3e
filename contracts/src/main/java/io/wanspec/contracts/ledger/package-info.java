/** What a request cost, counted. */
@NullMarked
package io.wanspec.contracts.ledger;

import org.jspecify.annotations.NullMarked;
