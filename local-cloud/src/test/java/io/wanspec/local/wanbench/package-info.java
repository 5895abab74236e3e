@org.jspecify.annotations.NullMarked
package io.wanspec.local.wanbench;
