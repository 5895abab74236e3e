package io.wanspec.controller;

/** Where a draft worker runs, seen from the target. */
public enum Place {
    /** Beside the target; its passes are the cost that WANSpec saves. */
    BUSY_REGION,
    /** Across the wide-area network: another region, or on site. */
    DRAFT_REGION
}
