package io.wanspec.simulator.load;

import java.util.Locale;

/** When sessions come. */
public sealed interface SessionArrivals {
    /** As the command line and the tables have it. */
    String words();

    /** So many clients, each with one request at a time, who send the next when it is answered. */
    record Clients(int number) implements SessionArrivals {
        private static final int NUMBER_MAX = 4_096;

        public Clients {
            if (number < 1 || number > NUMBER_MAX) {
                throw new IllegalArgumentException("clients must be between 1 and " + NUMBER_MAX + ", was " + number);
            }
        }

        @Override
        public String words() {
            return number + (number == 1 ? " client" : " clients");
        }
    }

    /** At random, independently of one another and of how many are served (a Poisson process). */
    record Random(double perSecond) implements SessionArrivals {
        public Random {
            if (!(perSecond > 0 && perSecond <= 1e6)) {
                throw new IllegalArgumentException("sessions a second must be above 0, was " + perSecond);
            }
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, "%.2f a second", perSecond);
        }
    }
}
