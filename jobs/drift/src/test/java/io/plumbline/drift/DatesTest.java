package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.input.BadInput;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The day of a run. */
class DatesTest {
  @TempDir Path folder;

  private String planned(String date) {
    return DriftRun.plan(
            Clock.systemUTC(),
            "--reference",
            folder.resolve("{date}.parquet").toString(),
            "--current",
            folder.resolve("{date}.parquet").toString(),
            "--date",
            date)
        .reference()
        .uri();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-2024-01-01",
        "0000-12-31",
        "+10000-01-01",
        "10000-01-01",
        "+999999999-12-31",
        "2024-02-30"
      })
  void aDayThatTheTablesCannotHoldIsRefused(String date) {
    assertThatThrownBy(() -> planned(date))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "--date: expected yesterday or YYYY-MM-DD in the years 0001 to 9999, found '%s'"
                .formatted(date));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "9999-12-31"})
  void theFirstAndTheLastDayFillPaths(String date) throws Exception {
    Path file = folder.resolve(date + ".parquet");
    DriftRun.parquet(file, "SELECT i AS x FROM range(40) t(i)", "");
    assertThat(planned(date)).isEqualTo(file.toString());
  }

  @Test
  void aTextThatIsNoDayIsRefused() {
    assertThatThrownBy(() -> planned("tomorrow")).isInstanceOf(BadInput.class);
  }
}
