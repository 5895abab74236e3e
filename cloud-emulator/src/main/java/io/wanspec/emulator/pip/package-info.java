/** What comes from a Python package index: fetched with pip, once, whole or not at all. */
@NullMarked
package io.wanspec.emulator.pip;

import org.jspecify.annotations.NullMarked;
