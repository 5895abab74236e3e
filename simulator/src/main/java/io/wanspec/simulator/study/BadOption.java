package io.wanspec.simulator.study;

/** An option's value that cannot be used; the message is a sentence with the option, the limit and the remedy. */
public final class BadOption extends Exception {
    private static final long serialVersionUID = 1;

    BadOption(String sentence) {
        super(sentence);
    }

    BadOption(String option, String value, String limit, String remedy) {
        super(option + " must be " + limit + ", not '" + value + "'; use for instance " + option + " " + remedy + ".");
    }
}
