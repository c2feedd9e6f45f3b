package io.plumbline.runtime.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Times of events: ISO-8601 with offset, or epoch milliseconds. */
final class EventTimes {
  /** The years 1 to 9999: what lies outside cannot be written in ISO-8601 with four digits. */
  private static final long EARLIEST = -62_135_596_800_000L;

  private static final long LATEST = 253_402_300_799_999L;
  private static final long DAY_MILLIS = 86_400_000L;

  private EventTimes() {}

  /**
   * @param parser at the value
   * @return epoch milliseconds
   */
  static long read(JsonParser parser) throws IOException, Malformed {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      // What does not fit in 64 bits is refused by the parser.
      return within(parser.getLongValue(), parser);
    }
    if (token == JsonToken.VALUE_STRING) {
      long quick =
          common(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      return within(quick == Long.MIN_VALUE ? any(parser) : quick, parser);
    }
    throw expected(parser);
  }

  private static long within(long millis, JsonParser parser) throws IOException, Malformed {
    if (millis < EARLIEST || millis > LATEST) {
      throw new Malformed("expected a time in the years 1 to 9999, " + Found.there(parser));
    }
    return millis;
  }

  private static Malformed expected(JsonParser parser) throws IOException {
    return new Malformed(
        "expected a time in ISO-8601 with offset or epoch milliseconds, " + Found.there(parser));
  }

  private static long any(JsonParser parser) throws IOException, Malformed {
    try {
      return OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw expected(parser);
    }
  }

  /**
   * {@code 2026-11-25T10:15:30.123Z} with up to nine decimals, as nearly everybody writes it: a
   * prediction has a time for each feature, and the general parser takes a microsecond for one.
   *
   * @return {@code Long.MIN_VALUE} if it is written in another way
   */
  private static long common(char[] text, int from, int length) {
    if (length < 20
        || length > 30
        || text[from + length - 1] != 'Z'
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || text[from + 10] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':'
        || (length > 20 && (text[from + 19] != '.' || length == 21))) {
      return Long.MIN_VALUE;
    }
    int year = digits(text, from, 4);
    int month = digits(text, from + 5, 2);
    int day = digits(text, from + 8, 2);
    int hour = digits(text, from + 11, 2);
    int minute = digits(text, from + 14, 2);
    int second = digits(text, from + 17, 2);
    int decimals = length > 21 ? length - 21 : 0;
    int fraction = digits(text, from + 20, decimals);
    if ((year | month | day | hour | minute | second | fraction) < 0
        || year == 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysOf(year, month)
        || hour > 23
        || minute > 59
        || second > 59) {
      return Long.MIN_VALUE;
    }
    for (; decimals < 3; decimals++) {
      fraction *= 10;
    }
    for (; decimals > 3; decimals--) {
      fraction /= 10;
    }
    return daysSinceEpoch(year, month, day) * DAY_MILLIS
        + ((hour * 60L + minute) * 60 + second) * 1000
        + fraction;
  }

  /** Negative if one of them is no digit. */
  private static int digits(char[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /**
   * Of the proleptic Gregorian calendar, in which a year that begins in March ends with the leap
   * day.
   */
  private static long daysSinceEpoch(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
