package io.wanspec.functions.follow;

/** A text as one reader sees it. Used by one thread, which others interrupt if the reader leaves. */
public interface TextSource extends AutoCloseable {
    /** Waits until whoever is told of this text can ask for it elsewhere, where texts are recorded. */
    default void ready() throws InterruptedException {}

    /**
     * Waits until there are pieces from this one on, or the text has ended.
     *
     * @param piece how many the reader has
     */
    Portion from(int piece) throws InterruptedException;

    /** The reader leaves. */
    @Override
    void close();
}
