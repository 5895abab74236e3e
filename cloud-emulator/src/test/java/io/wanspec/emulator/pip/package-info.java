@org.jspecify.annotations.NullMarked
package io.wanspec.emulator.pip;
