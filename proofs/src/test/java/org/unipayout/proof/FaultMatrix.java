package org.unipayout.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.unipayout.Operation;
import org.unipayout.PayoutClient;
import org.unipayout.proof.Rest.Verdict;
import org.unipayout.testkit.FaultServer;

/**
 * Every exchange of every flow of every provider, broken in every way that the network has, one at a time; then the journal
 * carries the payout on, and the provider's ledger says whether it knows the truth.
 */
final class FaultMatrix {
    private static final int THREADS = 6;

    private final Set<Phase> phases;
    private final UnaryOperator<PayoutClient> relay;
    private final List<Row> rows = new ArrayList<>();
    private int flows;

    /**
     * One exchange of one flow.
     *
     * @param number from 0
     * @param call which of the client's calls makes it, from 0
     * @param operation what its call is
     * @param request method and path
     * @param mayMoveMoney whether money may move by it: of what a submit or a confirmation sends, the last that is no GET
     */
    record Row(
            Flow flow,
            int number,
            int call,
            Operation operation,
            String request,
            boolean mayMoveMoney,
            Map<Phase, Cell> cells) {}

    /** What the call told, and where the payout came to rest. */
    record Cell(String told, String end, Verdict verdict) {}

    /** The whole matrix. */
    FaultMatrix() {
        this(EnumSet.allOf(Phase.class), UnaryOperator.identity());
    }

    /** Some columns, with something between adapters and journal. */
    FaultMatrix(Set<Phase> phases, UnaryOperator<PayoutClient> relay) {
        this.phases = EnumSet.copyOf(phases);
        this.relay = relay;
    }

    /**
     * Plays it.
     *
     * @param args where the page goes
     */
    public static void main(String... args) throws Exception {
        FaultMatrix matrix = new FaultMatrix().play(Flow.all(), row -> true);
        matrix.write(Path.of(args[0]));
        matrix.faults().forEach(System.out::println);
        System.out.println(matrix.line());
        System.exit(matrix.isClean() ? 0 : 1);
    }

    FaultMatrix play(List<Flow> all, Predicate<Row> chosen) throws InterruptedException {
        flows = all.size();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Scenes scenes = new Scenes()) {
            for (List<Row> ofAFlow :
                    each(threads, all, flow -> scenes.in(flow.provider(), scene -> sample(scene, flow)))) {
                ofAFlow.stream().filter(chosen).forEach(rows::add);
            }
            each(threads, rows, row -> fill(scenes, row));
        } finally {
            threads.shutdownNow();
        }
        return this;
    }

    private interface Work<A, R> {
        R of(A item) throws Exception;
    }

    private static <A, R> List<R> each(ExecutorService threads, List<A> items, Work<A, R> work)
            throws InterruptedException {
        List<Callable<R>> tasks = new ArrayList<>();
        items.forEach(item -> tasks.add(() -> work.of(item)));
        List<R> results = new ArrayList<>();
        for (Future<R> done : threads.invokeAll(tasks)) {
            try {
                results.add(done.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }

    /** The exchanges of a flow in which nothing goes wrong. */
    private static List<Row> sample(Scenes.Scene scene, Flow flow) {
        try (Play play = new Play(flow, scene.simulator(), scene.dataSource(), UnaryOperator.identity())) {
            Rest rest = play.toRest();
            if (rest.verdict(flow.course().end()) != Verdict.AS_MEANT) {
                throw new IllegalStateException(flow + " without any fault: " + rest.words() + " " + play.calls());
            }
            return rows(flow, play);
        }
    }

    private static List<Row> rows(Flow flow, Play play) {
        List<Row> rows = new ArrayList<>();
        for (int call = 0; call < play.calls().size(); call++) {
            CallLog.Told told = play.calls().get(call);
            int moves = moving(told, play.exchanges());
            for (int number = told.firstExchange(); number < told.endExchange(); number++) {
                String request = request(play.exchanges().get(number));
                Map<Phase, Cell> cells = new EnumMap<>(Phase.class);
                rows.add(new Row(flow, number, call, told.operation(), request, number == moves, cells));
            }
        }
        return rows;
    }

    /** The number of the exchange by which money may move; -1 if there is none. */
    private static int moving(CallLog.Told told, List<FaultServer.Exchange> exchanges) {
        int last = -1;
        for (int number = told.firstExchange(); number < told.endExchange(); number++) {
            last = exchanges.get(number).method().equals("GET") ? last : number;
        }
        return told.operation() == Operation.SUBMIT || told.operation() == Operation.CONFIRM ? last : -1;
    }

    /** What is long or has digits names one payout. */
    private static String request(FaultServer.Exchange exchange) {
        return exchange.method() + " " + exchange.path().replaceAll("/(?!v\\d+/)(?=[^/]*[0-9]|[^/]{24})[^/]+", "/…");
    }

    private Row fill(Scenes scenes, Row row) {
        for (Phase phase : phases) {
            row.cells().put(phase, scenes.in(row.flow().provider(), scene -> cell(scene, row, phase)));
        }
        return row;
    }

    private Cell cell(Scenes.Scene scene, Row row, Phase phase) {
        try (Play play = new Play(row.flow(), scene.simulator(), scene.dataSource(), relay)) {
            Rest rest = play.with(phase, row.number(), row.call());
            List<CallLog.Told> calls = play.calls();
            String told = row.call() < calls.size() ? calls.get(row.call()).what() : "not called";
            return new Cell(told, rest.words(), rest.verdict(row.flow().course().end()));
        }
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    Set<Phase> phases() {
        return phases;
    }

    long cells() {
        return rows.stream().mapToLong(row -> row.cells().size()).sum();
    }

    long count(Verdict verdict) {
        return rows.stream()
                .flatMap(row -> row.cells().values().stream())
                .filter(cell -> cell.verdict() == verdict)
                .count();
    }

    boolean isClean() {
        return faults().isEmpty();
    }

    /** A line for each cell that breaks the promise. */
    List<String> faults() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            row.cells().forEach((phase, cell) -> {
                if (EnumSet.of(Verdict.DOUBLE, Verdict.LOST, Verdict.WRONG).contains(cell.verdict())) {
                    lines.add(cell.verdict() + " " + row.flow() + ", " + row.operation() + " " + row.request() + ", "
                            + phase + ": told " + cell.told() + ", ended " + cell.end());
                }
            });
        }
        return lines;
    }

    String line() {
        return "fault-matrix flows=" + flows + " cells=" + cells() + " double=" + count(Verdict.DOUBLE) + " lost="
                + count(Verdict.LOST) + " wrong=" + count(Verdict.WRONG);
    }

    void write(Path page) throws IOException {
        MatrixPage.write(this, page);
    }
}
