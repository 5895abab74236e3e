package io.wanspec.functions.jobs;

/**
 * How much there is to do, approximately, as all that a queue counts.
 *
 * @param waiting can be taken now
 * @param delayed wait for their time
 * @param underWay are with a worker
 * @param deadLetters nobody could do
 */
public record QueueDepth(int waiting, int delayed, int underWay, int deadLetters) {
    /** Jobs that have not ended. */
    public int open() {
        return waiting + delayed + underWay;
    }
}
