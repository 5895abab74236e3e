@NullMarked
package io.wanspec.functions.http;

import org.jspecify.annotations.NullMarked;
