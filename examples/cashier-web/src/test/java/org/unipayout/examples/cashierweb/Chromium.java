package org.unipayout.examples.cashierweb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A browser of this machine, with nothing in its profile, and what a test does with it. Close it. */
final class Chromium implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final String url;
    private final Set<String> looked = new TreeSet<>();

    private Chromium(ChromeDriver driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /** {@return where the browser is, unless there is none, or its driver is not beside it} */
    static Optional<Path> installed() {
        return installedDriver()
                .flatMap(found -> Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                        .map(name -> Path.of("/usr/bin", name))
                        .filter(Files::isExecutable)
                        .findFirst());
    }

    private static Optional<Path> installedDriver() {
        return Stream.of(
                        "/usr/bin/chromedriver",
                        "/usr/lib/chromium/chromedriver",
                        "/usr/lib/chromium-browser/chromedriver")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium open(Path profile, String url, String language) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // the pages are ours, and a build may run as root
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                "--lang=" + language,
                "--user-data-dir=" + profile);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installedDriver().orElseThrow().toFile())
                .build();
        return new Chromium(new ChromeDriver(service, options), url);
    }

    /** {@return the pages that were looked at, each in each language} */
    Set<String> looked() {
        return looked;
    }

    /** Nobody is signed in any more, and the window is as large as it was. */
    void forget() {
        go("/thanks");
        driver.manage().deleteAllCookies();
        driver.manage().window().setSize(new Dimension(1280, 900));
    }

    void go(String path) {
        driver.get(url + path);
    }

    void signIn(String name, String password) {
        go("/login");
        type("username", name);
        type("password", password);
        press("main form button");
        waitFor("main table");
    }

    void signOut() {
        press("header form button");
        waitFor("#username");
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void type(String id, String text) {
        WebElement field = find("#" + id);
        field.clear();
        field.sendKeys(text);
    }

    void press(String css) {
        find(css).click();
    }

    String text() {
        return find("body").getText();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Takes what a list of choices has for this value. */
    void choose(String id, String value) {
        press("#" + id + " option[value='" + value + "']");
    }

    WebElement waitFor(String css) {
        return waitFor(css, () -> all(css).stream().findFirst());
    }

    WebElement waitForText(String css, String text) {
        return waitFor(
                css + " with " + text,
                () -> all(css).stream()
                        .filter(element -> element.getText().contains(text))
                        .findFirst());
    }

    <T> T waitFor(String what, Callable<Optional<T>> condition) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(StaleElementReferenceException.class)
                .until(condition, Optional::isPresent)
                .orElseThrow(() -> new IllegalStateException(what));
    }

    /** {@return what is wrong with the page for who does not see it, by the rules of WCAG 2.1 A and AA; each as rule and element} */
    List<String> barriers() {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("const done = arguments[0];"
                + "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(result => done("
                + "result.violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html))))");
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (var script = Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what the page looks like, and says which language it is in. */
    void keep(String name) {
        String language = find("html").getAttribute("lang");
        Path picture = SCREENSHOTS.resolve(name + "-" + language + ".png");
        looked.add(picture.getFileName().toString());
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(picture, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
