package io.plumbline.benchmarks.decode;

import com.alibaba.fastjson2.JSONReader;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.NumberConverter;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.Answer;
import io.plumbline.events.Prediction;
import io.plumbline.runtime.decode.AnswerDecoder;
import io.plumbline.runtime.decode.EventJsonFactory;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.ingest.Malformed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a prediction: the parsers by themselves, reading each name and each number,
 * then our decoder beside a bare loop over the tokens of its parser and beside a tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ParserBenchmark {
  private static final int EVENTS = 1024;

  @Param({"20", "200"})
  public int features;

  private byte[][] events;
  private int next;
  private JsonFactory factory;
  private ObjectMapper mapper;
  private PredictionDecoder decoder;
  private AnswerDecoder answers;
  private JsonReader<Object> reader;

  @Setup
  public void makeEvents() {
    events = SampleEvents.predictions(EVENTS, features, 1_764_000_000_000L, 1);
    factory = EventJsonFactory.of(32);
    mapper = new ObjectMapper(factory);
    decoder = new PredictionDecoder(Map.of(), 32, 10_000);
    answers = new AnswerDecoder(Map.of(), 32, 10_000, List.of("country", "feature_8_30d"));
    reader = new DslJson<Object>().newReader();
  }

  private byte[] event() {
    next = (next + 1) % EVENTS;
    return events[next];
  }

  /** The lowest that the parser offers: no name is looked up, no number is made. */
  @Benchmark
  public int jacksonBareTokens() throws IOException {
    int tokens = 0;
    try (JsonParser parser = factory.createParser(event())) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  @Benchmark
  public Prediction ourDecoder() throws Malformed {
    return decoder.decode(event());
  }

  /** What a join reads: the features are read past but for one, which is a segment. */
  @Benchmark
  public Answer ourDecoderOfAnswers() throws Malformed {
    return answers.decode(event());
  }

  @Benchmark
  public Object jacksonTree() throws IOException {
    return mapper.readTree(event());
  }

  @Benchmark
  public double jacksonNamesAndNumbers() throws IOException {
    double sum = 0;
    try (JsonParser parser = factory.createParser(event())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          sum += parser.currentName().length();
        } else if (token.isNumeric()) {
          sum += parser.getDoubleValue();
        }
      }
    }
    return sum;
  }

  @Benchmark
  public double fastjsonNamesAndNumbers() {
    try (JSONReader json = JSONReader.of(event())) {
      return fastjsonObject(json);
    }
  }

  private static double fastjsonObject(JSONReader json) {
    double sum = 0;
    json.nextIfObjectStart();
    while (!json.nextIfObjectEnd()) {
      sum += json.readFieldName().length();
      if (json.isObject()) {
        sum += fastjsonObject(json);
      } else if (json.isNumber()) {
        sum += json.readDoubleValue();
      } else {
        json.skipValue();
      }
    }
    return sum;
  }

  @Benchmark
  public double dslJsonNamesAndNumbers() throws IOException {
    byte[] event = event();
    reader.process(event, event.length);
    reader.getNextToken();
    return dslJsonObject();
  }

  private double dslJsonObject() throws IOException {
    double sum = 0;
    if (reader.getNextToken() == '}') {
      return sum;
    }
    while (true) {
      sum += reader.readKey().length();
      byte first = reader.last();
      if (first == '{') {
        sum += dslJsonObject();
      } else if (first == '-' || (first >= '0' && first <= '9')) {
        sum += NumberConverter.deserializeDouble(reader);
      } else {
        reader.skip();
        if (reader.last() == '}') {
          return sum;
        }
        reader.getNextToken();
        continue;
      }
      if (reader.getNextToken() == '}') {
        return sum;
      }
      reader.getNextToken();
    }
  }
}
