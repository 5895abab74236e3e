package io.wanspec.endpoints.model.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.weights.Checkpoint;
import io.wanspec.endpoints.model.weights.LlamaConfig;
import io.wanspec.endpoints.model.weights.ReducedVocabulary;
import io.wanspec.endpoints.model.weights.RotatedCheckpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The transformer with its weights on DJL's PyTorch engine. One thread at a time.
 *
 * <p>Native memory: packed weights, an embedding table in half precision, rope tables, and the caches that
 * {@link #newCache} gives out.
 */
public final class LlamaProgram implements AutoCloseable {
    /** Queries of one attention block; see the source's header for why. */
    public static final int BLOCK_ROWS = 8;

    /** Most tokens of one pass; longer ones are cut by the caller. */
    public static final int PASS_TOKENS_MAX = 128;

    /** Cache capacities are multiples of this, and blocks never reach beyond. */
    public static final int CAPACITY_STEP = 128;

    private static final String CLASS_NAME = "Llama";

    private final LlamaConfig config;
    private final ReducedVocabulary vocabulary;
    private final EngineSettings settings;
    private final PtNDManager manager;
    private final PtSymbolBlock block;
    private final IValue packed;
    private final IValue norms;
    private final IValue tables;
    private final IValue epsilon;
    private final CacheMoves moves;
    private final int blockRows;
    private float[] logits = new float[0];

    public LlamaProgram(Checkpoint stored, EngineSettings settings) {
        Checkpoint checkpoint =
                settings.precision() == EngineSettings.Precision.ROTATED ? new RotatedCheckpoint(stored) : stored;
        this.config = checkpoint.config();
        this.vocabulary = ReducedVocabulary.read(checkpoint);
        this.settings = settings;
        Engine engine = Engine.getEngine("PyTorch");
        if (settings.gpu() && engine.getGpuCount() == 0) {
            throw new ModelLoadException("no CUDA device was found; use device cpu, or an image with CUDA's libraries");
        }
        JniUtils.setNumThreads(settings.threads());
        manager = (PtNDManager)
                NDManager.newBaseManager(settings.gpu() ? Device.gpu() : Device.cpu(), engine.getEngineName());
        block = load();
        WeightPacker packer = new WeightPacker(block, manager, checkpoint);
        packed = packer.products();
        norms = packer.norms();
        RotaryTables rotary = RotaryTables.of(config, checkpoint.scaling());
        tables = IValue.listFrom(embedding(checkpoint), rope(rotary.cosines()), rope(rotary.sines()));
        epsilon = IValue.from(config.normEpsilon());
        moves = new CacheMoves(block, manager);
        blockRows = isWholePassExact() ? new BlockRows(block, config).fewest() : BLOCK_ROWS;
    }

    public LlamaConfig config() {
        return config;
    }

    /** The token of each column of a pass's logits. */
    public Proposals proposals() {
        return vocabulary.proposals();
    }

    /** What besides weights and dimensions decides about the bits of a logit on this machine. */
    public static String arithmetic(EngineSettings settings) {
        return settings.precision()
                + (settings.gpu() ? " gpu" : " cpu")
                + (CpuFeatures.here().hasExactByteProducts() ? " 8-bit" : " 7-bit");
    }

    /** Whether a pass may cover more than one aligned block of positions; single precision computes block by block. */
    public boolean isWholePassExact() {
        return settings.precision() != EngineSettings.Precision.FP32;
    }

    /** Bytes of a cache for {@code capacity} tokens. */
    public long cacheBytes(int capacity) {
        return 2L * config.layers() * config.kvHeads() * config.headDim() * Float.BYTES * capacity;
    }

    /** Zeroed keys and values, {@code [kvHeads, capacity, headDim]} for each layer. */
    public KeyValueCache newCache(int capacity) {
        List<PtNDArray> tensors = new ArrayList<>();
        Shape shape = new Shape(config.kvHeads(), capacity, config.headDim());
        for (int i = 0; i < 2 * config.layers(); i++) {
            tensors.add((PtNDArray) manager.zeros(shape, DataType.FLOAT32));
        }
        return new KeyValueCache(tensors, capacity);
    }

    /**
     * Consecutive tokens.
     *
     * @param tokens at positions {@code position} and on, at most {@link #PASS_TOKENS_MAX}
     * @param wanted logits of how many of the last tokens
     */
    public ProgramPass chain(int[] tokens, int position, KeyValueCache cache, int wanted) {
        return new ProgramPass(PassPlan.chain(rowsOf(tokens), position, wanted), cache, null);
    }

    /** The same with logits of every token; their keys and values are also added to {@code rows}. */
    public ProgramPass chain(int[] tokens, int position, KeyValueCache cache, PassRows rows) {
        return new ProgramPass(PassPlan.chain(rowsOf(tokens), position, tokens.length), cache, rows);
    }

    /**
     * A tree behind {@code position}, with logits of every node.
     *
     * @param rows gets the nodes' keys and values, in the order of {@code order}
     */
    public ProgramPass tree(int[] tokens, TreeOrder order, int position, KeyValueCache cache, PassRows rows) {
        return new ProgramPass(PassPlan.tree(rowsOf(tokens), order, position), cache, rows);
    }

    /**
     * Rows that need not stand in a row, with logits of each; not the bits of a chain.
     *
     * @param slot of the cache where their keys and values go
     * @param mask {@code [tokens, n]}, added to the scores of the last n slots up to the last token's
     */
    public ProgramPass masked(int[] tokens, int[] positions, int slot, float[] mask, KeyValueCache cache) {
        return new ProgramPass(PassPlan.masked(rowsOf(tokens), positions, slot, mask), cache, null);
    }

    /** Where the embedding table has the tokens. */
    private int[] rowsOf(int[] tokens) {
        int[] rows = new int[tokens.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = vocabulary.row(tokens[i]);
        }
        return rows;
    }

    /** A forward pass over one sequence. */
    public Pass run(ProgramPass part) {
        return run(List.of(part)).getFirst();
    }

    /**
     * One forward pass over several sequences; one at a time in single precision, unless it is a draft's.
     *
     * @param parts of different caches
     * @return of each part its pass; their logits are valid until the next call
     */
    public List<Pass> run(List<ProgramPass> parts) {
        long begin = System.nanoTime();
        JoinedPlan plan = new JoinedPlan(parts.stream().map(ProgramPass::plan).toList(), config.kvHeads(), blockRows);
        boolean isKept = parts.stream().anyMatch(part -> part.rows() != null);
        long[] sizes = {
            config.layers(),
            config.heads(),
            config.kvHeads(),
            config.headDim(),
            BLOCK_ROWS,
            plan.count(),
            plan.wanted(),
            isKept ? 1 : 0,
            plan.wantsEntropies() ? 1 : 0
        };
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue input = IValue.from((PtNDArray) scope.create(plan.rows()));
                IValue chains = IValue.listFrom(plan.chains());
                IValue blocks = IValue.listFrom(plan.blocks());
                IValue trees = IValue.listFrom(plan.trees());
                IValue masks = IValue.listFrom(masks(parts, scope));
                IValue caches = IValue.listFrom(
                        parts.stream().map(part -> part.cache().value()).toArray(IValue[]::new));
                IValue dimensions = IValue.listFrom(sizes);
                IValue result = IValueUtils.runMethod(
                        block,
                        "forward",
                        input,
                        chains,
                        blocks,
                        trees,
                        masks,
                        packed,
                        norms,
                        tables,
                        caches,
                        dimensions,
                        epsilon)) {
            return read(result, scope, parts, plan, begin);
        }
    }

    private static PtNDArray[] masks(List<ProgramPass> parts, PtNDManager scope) {
        return parts.stream()
                .map(ProgramPass::plan)
                .filter(PassPlan::isMasked)
                .map(plan -> (PtNDArray)
                        scope.create(plan.mask(), new Shape(plan.count(), plan.mask().length / plan.count())))
                .toArray(PtNDArray[]::new);
    }

    /** What moves keys and values about without computing them. */
    public CacheMoves moves() {
        return moves;
    }

    private List<Pass> read(IValue result, PtNDManager scope, List<ProgramPass> parts, JoinedPlan plan, long begin) {
        IValue[] values = result.toIValueTuple();
        share(values[2], parts, plan);
        float[] entropies;
        try (IValue first = values[0];
                IValue second = values[1]) {
            if (plan.wanted() > 0) {
                readLogits(first.toTensor(scope), plan.wanted());
            }
            entropies = plan.wantsEntropies() ? second.toTensor(scope).toFloatArray() : new float[0];
        }
        long nanos = System.nanoTime() - begin;
        List<Pass> passes = new ArrayList<>();
        int row = 0;
        for (ProgramPass part : parts) {
            int wanted = part.plan().wanted();
            float[] own = part.plan().entropies() ? Arrays.copyOfRange(entropies, row, row + wanted) : new float[0];
            passes.add(new Pass(logits, row, wanted, config.proposed(), own, nanos));
            row += wanted;
        }
        return passes;
    }

    /** Keys and values of the pass go to those that keep theirs. */
    private static void share(IValue fresh, List<ProgramPass> parts, JoinedPlan plan) {
        FreshRows shared = new FreshRows(fresh);
        shared.hold();
        for (int i = 0; i < parts.size(); i++) {
            PassRows rows = parts.get(i).rows();
            if (rows != null) {
                rows.add(shared, plan.first(i), parts.get(i).plan().count());
            }
        }
        shared.release();
    }

    private void readLogits(PtNDArray values, int rows) {
        int size = rows * config.proposed();
        if (logits.length < size) {
            logits = new float[size];
        }
        FloatBuffer.wrap(logits).put(values.toByteBuffer().asFloatBuffer());
    }

    @Override
    public void close() {
        packed.close();
        norms.close();
        tables.close();
        epsilon.close();
        block.close();
        manager.close();
    }

    private PtSymbolBlock load() {
        byte[] archive = ScriptArchive.of(CLASS_NAME, ProgramSource.of(settings.precision(), CpuFeatures.here()));
        try {
            return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new ModelLoadException("the engine could not load the program: " + e.getMessage(), e);
        }
    }

    private PtNDArray embedding(Checkpoint checkpoint) {
        float[] values = checkpoint.read("model.embed_tokens.weight", config.embedded(), config.hidden());
        try (PtNDArray full = Tensors.borrowed(manager, values, config.embedded(), config.hidden())) {
            return settings.precision() == EngineSettings.Precision.FP32
                    ? (PtNDArray) full.duplicate()
                    : full.toType(DataType.FLOAT16, true);
        }
    }

    private PtNDArray rope(float[] table) {
        return Tensors.of(manager, table, table.length / config.headDim(), 1, config.headDim());
    }
}
