package org.unipayout.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which way the modules lean, and what may stand in an exported signature. */
@AnalyzeClasses(packages = "org.unipayout", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Modules that are not adapters; every other package below the root is one. */
    private static final Set<String> NOT_ADAPTERS =
            Set.of("http", "testkit", "simulator", "journal", "spring", "house", "examples");

    /** The one place where a type of the HTTP library may be handed in: the user's own client. */
    private static final String ESCAPE_HATCH =
            "org.unipayout.http.HttpOptions$Builder.okHttpClient(okhttp3.OkHttpClient)";

    @ArchTest
    static final ArchRule the_contract_leans_on_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage("org.unipayout")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.unipayout.*..");

    @ArchTest
    static final ArchRule the_contract_uses_the_JDK_slf4j_and_jspecify_only = classes()
            .that()
            .resideInAPackage("org.unipayout")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.unipayout", "java..", "org.slf4j", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule the_transport_knows_no_adapter = noClasses()
            .that()
            .resideInAPackage("org.unipayout.http..")
            .should()
            .dependOnClassesThat(anAdapter())
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.unipayout.testkit..", "org.unipayout.journal..");

    @ArchTest
    static final ArchRule adapters_know_only_contract_and_transport = classes()
            .that(anAdapter())
            .should(new ArchCondition<>("depend only on contract, transport and themselves") {
                @Override
                public void check(JavaClass adapter, ConditionEvents events) {
                    adapter.getDirectDependenciesFromSelf().stream()
                            .filter(use -> use.getTargetClass().getPackageName().startsWith("org.unipayout"))
                            .filter(use -> !Set.of("", "http", room(adapter)).contains(room(use.getTargetClass())))
                            .forEach(use -> events.add(SimpleConditionEvent.violated(adapter, use.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule the_testkit_never_sees_an_adapter_or_the_transport = noClasses()
            .that()
            .resideInAPackage("org.unipayout.testkit..")
            .should()
            .dependOnClassesThat(anAdapter())
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.unipayout.http..", "org.unipayout.journal..", "okhttp3..", "com.fasterxml..");

    @ArchTest
    static final ArchRule the_journal_knows_only_the_contract = noClasses()
            .that()
            .resideInAPackage("org.unipayout.journal..")
            .should()
            .dependOnClassesThat(anAdapter())
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.unipayout.http..", "org.unipayout.testkit..", "okhttp3..", "com.fasterxml..")
            .allowEmptyShould(true);

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
            .haveNameNotMatching("org\\.unipayout\\.testkit\\.(CaseCounter|Simulators)")
            .and()
            .resideOutsideOfPackage("org.unipayout.examples..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    private static DescribedPredicate<JavaClass> anAdapter() {
        return DescribedPredicate.describe(
                "an adapter",
                type -> type.getPackageName().startsWith("org.unipayout.") && !NOT_ADAPTERS.contains(room(type)));
    }

    private static DescribedPredicate<JavaClass> areExported() {
        return DescribedPredicate.describe(
                "exported",
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().contains(".internal"));
    }

    /** The part of the package name after the root: empty for the contract itself. */
    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 2 ? parts[2] : "";
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
