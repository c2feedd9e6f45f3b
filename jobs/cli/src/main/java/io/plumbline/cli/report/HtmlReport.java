package io.plumbline.cli.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.Segments;
import io.plumbline.events.DriftResult;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A run as one HTML page that needs nothing else. Text that comes from data is escaped by the
 * template in the page, and is only ever text in the script; the page's own policy forbids
 * requests.
 */
public final class HtmlReport {
  private static final String TEMPLATE = "report.html.mustache";

  private HtmlReport() {}

  /**
   * @param out takes the page; is not closed
   */
  public static void write(DriftReport report, Words words, Writer out) throws IOException {
    List<ReportedFeature> features = ReportedFeature.of(report.results());
    List<String> segments = segments(report.plan().segments(), features);
    Mustache template =
        new Factory().compile(new StringReader(PageSources.resource(TEMPLATE)), TEMPLATE);
    ReportPage page = new ReportPage(report, features, segments, PageSources.load(), words);
    try {
      template.execute(out, page).flush();
    } catch (MustacheException e) {
      throw ioFailure(e);
    }
  }

  /** What really went wrong, if it is the file and not the page. */
  private static IOException ioFailure(MustacheException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return io;
      }
    }
    throw failure;
  }

  /** The planned segments that have a result. */
  private static List<String> segments(Segments planned, List<ReportedFeature> features) {
    Set<String> found = new HashSet<>();
    for (ReportedFeature feature : features) {
      feature.segments().stream().map(DriftResult::segment).forEach(found::add);
    }
    List<String> segments = new ArrayList<>();
    for (int i = 1; i < planned.size(); i++) {
      if (found.contains(planned.text(i))) {
        segments.add(planned.text(i));
      }
    }
    return segments;
  }

  /** Control characters are shown, not done, as in the table that is printed. */
  private static final class Factory extends DefaultMustacheFactory {
    @Override
    public void encode(String value, Writer out) {
      super.encode(value.replaceAll("\\p{Cc}", "\uFFFD"), out);
    }
  }
}
