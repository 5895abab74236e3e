/**
 * Who may do what: keys, what they allow, how much of it, and who owns what a request leaves behind. Rules are pure and take
 * the time as an argument; the table is at the edge.
 */
@NullMarked
package io.wanspec.functions.access;

import org.jspecify.annotations.NullMarked;
