package io.plumbline.cli;

/**
 * The logs of Flink and of libraries. The command tells itself what went wrong, so that by default
 * there are none, and nothing is loaded to write them.
 */
final class Logging {
  private Logging() {}

  /** To be called before the first class that logs. */
  static void configure() {
    if (System.getProperty("plumbline.log") == null) {
      System.setProperty(
          "log4j2.loggerContextFactory",
          "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
      System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    } else {
      System.setProperty("log4j2.configurationFile", "classpath:log4j2.properties");
    }
  }
}
