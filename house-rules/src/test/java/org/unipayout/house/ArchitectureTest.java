package org.unipayout.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unipayout.testkit.ProviderUnderTest;

/** Which way the modules lean, and what may stand in an exported signature. */
@AnalyzeClasses(packages = "org.unipayout", importOptions = ArchitectureTest.MainCode.class)
class ArchitectureTest {
    /** A room is a module's package below the root; the contract's is empty, and each provider has two. */
    private static final String CONTRACT = "";

    private static final String ADAPTER = "an adapter";
    private static final String SIMULATOR = "a simulator";

    /** Nobody pays through it, but everybody copies it. */
    private static final String MODEL = "tinypay";

    private static final Set<String> PROVIDERS = Stream.concat(
                    ProviderUnderTest.all().stream().map(ProviderUnderTest::simulator), Stream.of(MODEL))
            .collect(Collectors.toSet());

    /** What each room may use besides itself. A room that is not here may not be: say what it may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry(CONTRACT, Set.of()),
            entry("house", Set.of()),
            entry("http", Set.of(CONTRACT)),
            entry("journal", Set.of(CONTRACT)),
            entry("spring", Set.of(CONTRACT, "journal")),
            entry("testkit", Set.of(CONTRACT)),
            entry(ADAPTER, Set.of(CONTRACT, "http")),
            entry(SIMULATOR, Set.of("testkit")));

    /** Neither tests nor the jars that publish some. */
    static final class MainCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
        }
    }

    /** The one place where a type of the HTTP library may be handed in: the user's own client. */
    private static final String ESCAPE_HATCH =
            "org.unipayout.http.HttpOptions$Builder.okHttpClient(okhttp3.OkHttpClient)";

    @ArchTest
    static final ArchRule modules_lean_the_way_they_should = classes()
            .should(new ArchCondition<>("use only what their room may use") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Set<String> allowed = MAY_USE.get(kind(type));
                    if (allowed == null) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no known room"));
                        return;
                    }
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(use -> isOurs(use.getTargetClass()))
                            .filter(use -> !room(use.getTargetClass()).equals(room(type)))
                            .filter(use -> !allowed.contains(kind(use.getTargetClass())))
                            .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
                }
            });

    @ArchTest
    static void every_known_room_is_there(JavaClasses house) {
        assertThat(house.stream().map(ArchitectureTest::kind)).containsAll(MAY_USE.keySet());
    }

    @ArchTest
    static void every_provider_has_an_adapter_and_a_simulator(JavaClasses house) {
        Set<String> rooms = house.stream().map(ArchitectureTest::room).collect(Collectors.toSet());
        PROVIDERS.forEach(name -> assertThat(rooms).contains(name, "simulator." + name));
    }

    @ArchTest
    static final ArchRule the_contract_uses_the_JDK_slf4j_and_jspecify_only = classes()
            .that()
            .resideInAPackage("org.unipayout")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.unipayout", "java..", "org.slf4j", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule only_transport_and_adapters_use_OkHttp_or_Jackson = noClasses()
            .that(DescribedPredicate.describe(
                    "neither transport nor adapter",
                    type -> !Set.of("http", ADAPTER).contains(kind(type))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "com.fasterxml..");

    @ArchTest
    static final ArchRule the_journal_decides_without_knowing_what_is_stored_or_run = noClasses()
            .that()
            .resideInAPackage("org.unipayout.journal.internal.decide..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.unipayout.journal.internal.store..", "org.unipayout.journal.internal.run..", "java.sql..");

    @ArchTest
    static final ArchRule the_journal_stores_without_knowing_what_is_run = noClasses()
            .that()
            .resideInAPackage("org.unipayout.journal.internal.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.unipayout.journal.internal.run..");

    @ArchTest
    static final ArchRule the_rooms_of_the_journal_know_of_its_surface_only_words = noClasses()
            .that()
            .resideInAPackage("org.unipayout.journal.internal..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "stand on the rooms",
                    type -> type.getPackageName().equals("org.unipayout.journal")
                            && type.getDirectDependenciesFromSelf().stream()
                                    .anyMatch(use -> use.getTargetClass()
                                            .getPackageName()
                                            .startsWith("org.unipayout.journal.internal"))));

    @ArchTest
    static final ArchRule no_exported_signature_names_OkHttp_or_Jackson = classes()
            .that(areExported())
            .should(new ArchCondition<>("name no OkHttp or Jackson type") {
                @Override
                public void check(JavaClass exported, ConditionEvents events) {
                    exported.getCodeUnits().stream()
                            .filter(ArchitectureTest::isVisible)
                            .filter(unit -> !unit.getFullName().equals(ESCAPE_HATCH))
                            .filter(unit -> named(unit).anyMatch(ArchitectureTest::isForeign))
                            .forEach(unit -> events.add(SimpleConditionEvent.violated(unit, unit.getFullName())));
                }
            });

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes()
            .that(areExported())
            .should(new ArchCondition<>("stand in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    @ArchTest
    static final ArchRule nobody_prints = noClasses()
            .that()
            .haveNameNotMatching(
                    "org\\.unipayout\\.(house\\.CentralRules|testkit\\.(CaseCounter|WebhookCost|Simulators))")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    private static DescribedPredicate<JavaClass> areExported() {
        return DescribedPredicate.describe(
                "exported",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().contains(".internal"));
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith("org.unipayout.");
    }

    /** {@code http}, {@code bank131} or {@code simulator.bank131}; empty for the contract itself. */
    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        if (parts.length < 3) {
            return CONTRACT;
        }
        return parts[2].equals("simulator") && parts.length > 3 ? parts[2] + "." + parts[3] : parts[2];
    }

    private static String kind(JavaClass type) {
        String room = room(type);
        if (room.startsWith("simulator.")) {
            return SIMULATOR;
        }
        return PROVIDERS.contains(room) ? ADAPTER : room;
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<String> named(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getName)
                .collect(Collectors.toSet())
                .stream();
    }

    private static boolean isForeign(String type) {
        return type.startsWith("okhttp3.") || type.startsWith("okio.") || type.startsWith("com.fasterxml.");
    }
}
