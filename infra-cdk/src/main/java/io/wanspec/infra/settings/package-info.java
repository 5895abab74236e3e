/** What an operator says of a deployment: one typed file, and errors that name the line, the field and the remedy. */
@NullMarked
package io.wanspec.infra.settings;

import org.jspecify.annotations.NullMarked;
