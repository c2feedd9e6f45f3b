package io.plumbline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, which keeps all that the page says and asks for. */
final class Browser implements AutoCloseable {
  private static final String[] FLAGS = {
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage"
  };

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Without a browser the test is skipped; CI installs one. */
  static Browser start() {
    Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = onPath("chromedriver");
    boolean found = chromium.isPresent() && chromedriver.isPresent();
    String missing =
        "no chromium or no chromedriver on the PATH; on Debian: apt-get install chromium chromium-driver";
    assumeTrue(found, missing);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow());
    options.addArguments(FLAGS);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<File> onPath(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  /** Forgets what was said before. */
  void open(Path page) {
    driver.get("about:blank");
    said();
    requests();
    driver.get(page.toUri().toString());
  }

  Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  void devTools(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  List<String> texts(String css) {
    return all(css).stream().filter(WebElement::isDisplayed).map(WebElement::getText).toList();
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** To whatever has the focus, as a keyboard does. */
  void press(CharSequence... keys) {
    focused().sendKeys(keys);
  }

  /** Goes on with Tab until that element has the focus. */
  void tabTo(String css) {
    WebElement wanted = find(css);
    for (int i = 0; i < 200 && !focused().equals(wanted); i++) {
      press(Keys.TAB);
    }
    assertThat(focused()).as("reached by Tab: " + css).isEqualTo(wanted);
  }

  /** What the console has, since it was last asked for. */
  List<String> said() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The addresses that were asked for, since that was last asked. */
  List<String> requests() {
    List<String> addresses = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      try {
        JsonNode message = mapper.readTree(entry.getMessage()).get("message");
        if (message.get("method").asText().equals("Network.requestWillBeSent")) {
          addresses.add(message.at("/params/request/url").asText());
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return addresses;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
