package io.plumbline.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class ArrayCodecsTest {
  private static final byte[] PAGE =
      "a page of a column, ".repeat(500).getBytes(StandardCharsets.UTF_8);

  /** Of pyarrow: Java has no encoder. */
  private static final String BROTLI = "Gw8nAARscaQ7f5XBF1YRdFlRF+XdcoOkth4AwQE=";

  private final ArrayCodecs codecs =
      new ArrayCodecs(
          ParquetReadOptions.builder(new PlainParquetConfiguration()).build().getCodecFactory());

  private static byte[] compressed(CompressionCodecName codec) throws IOException {
    return switch (codec) {
      case SNAPPY -> Snappy.compress(PAGE);
      case ZSTD -> Zstd.compress(PAGE);
      default -> Base64.getDecoder().decode(BROTLI);
    };
  }

  private static byte[] read(BytesInput page) throws IOException {
    return page.toInputStream().readAllBytes();
  }

  @ParameterizedTest
  @EnumSource(names = {"SNAPPY", "ZSTD", "BROTLI"})
  void pagesAreThoseThatWereCompressed(CompressionCodecName codec) throws IOException {
    byte[] bytes = compressed(codec);
    BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
    assertThat(read(decompressor.decompress(BytesInput.from(bytes), PAGE.length))).isEqualTo(PAGE);
    // As pages are cut out of a column's bytes.
    byte[] column = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, column, 7, bytes.length);
    ByteBuffer part = ByteBuffer.wrap(column, 7, bytes.length).slice();
    assertThat(read(decompressor.decompress(BytesInput.from(part), PAGE.length))).isEqualTo(PAGE);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 5).put(bytes).position(0);
    ByteBuffer out = ByteBuffer.allocate(PAGE.length);
    decompressor.decompress(direct, bytes.length, out, PAGE.length);
    assertThat(out.array()).isEqualTo(PAGE);
    assertThat(direct.position()).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @EnumSource(names = {"SNAPPY", "ZSTD", "BROTLI"})
  void whatIsNotTheSizeThatItSaysIsRefused(CompressionCodecName codec) throws IOException {
    byte[] bytes = compressed(codec);
    BytesInputDecompressor decompressor = codecs.getDecompressor(codec);
    for (int size : new int[] {PAGE.length - 1, PAGE.length + 1, 1}) {
      assertThatThrownBy(() -> decompressor.decompress(BytesInput.from(bytes), size))
          .isInstanceOf(IOException.class);
    }
    byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
    assertThatThrownBy(() -> decompressor.decompress(BytesInput.from(cut), PAGE.length))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aCodecWithoutADecoderIsNamed() {
    assertThatThrownBy(() -> codecs.getDecompressor(CompressionCodecName.LZO))
        .isInstanceOf(ParquetDecodingException.class)
        .hasMessageContainingAll("LZO", "write it anew with zstd");
  }

  @Test
  void aPageOfNullsAloneHasNoBytes() throws IOException {
    BytesInputDecompressor decompressor = codecs.getDecompressor(CompressionCodecName.SNAPPY);
    assertThat(read(decompressor.decompress(BytesInput.empty(), 0))).isEmpty();
  }
}
