package io.wanspec.infra.settings;

/** What runs the functions. */
public enum FunctionRuntime implements Word {
    /** The default: AWS keeps Java up to date, and the packages are what {@code mvn package} leaves. */
    JAVA25("java25", "functions/target/zips"),
    /** A Java runtime and a cache of loaded classes in each package ({@code tools/package-functions}): starts sooner, is patched by us. */
    PROVIDED_AL2023("provided.al2023", "functions/target/own-runtime");

    private final String word;
    private final String packages;

    FunctionRuntime(String word, String packages) {
        this.word = word;
        this.packages = packages;
    }

    @Override
    public String word() {
        return word;
    }

    /** Where the build leaves them, below the checkout. */
    public String packages() {
        return packages;
    }
}
