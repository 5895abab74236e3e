/** A draft worker on site: joins at an API, dials its relay, and drafts with a model server of this machine. */
@NullMarked
package io.wanspec.local.worker;

import org.jspecify.annotations.NullMarked;
