/** The functions' zips, run as functions. */
package io.wanspec.functions.lambda;
