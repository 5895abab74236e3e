package io.wanspec.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of something that is so for all inputs. It takes one {@link java.util.Random} and makes its inputs from it, with the
 * help of {@link Gen}; it is called once for each try, each time with another seed, and counts as one test.
 *
 * <p>The seeds follow from the method's name, so a build tries the same inputs each time. A failure names the try's seed
 * and the command that replays this try alone.
 *
 * <table>
 *   <caption>System properties</caption>
 *   <tr><td>{@code -Dwanspec.seed=N}<td>replays the one try with this seed
 *   <tr><td>{@code -Dwanspec.base=N}<td>tries other inputs; any number gives others
 *   <tr><td>{@code -Dwanspec.tries=F}<td>makes F times as many tries, for example 100 or 0.1
 * </table>
 */
@Test
@ExtendWith(SeededTries.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SeededTest {
    /** How many inputs are tried. */
    int tries() default 1_000;
}
