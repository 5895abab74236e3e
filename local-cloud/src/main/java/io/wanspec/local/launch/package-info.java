/** The whole local cloud as a command starts it: models, model servers, and what connects them. */
@NullMarked
package io.wanspec.local.launch;

import org.jspecify.annotations.NullMarked;
