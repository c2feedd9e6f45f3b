package io.plumbline.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.brotli.dec.BrotliInputStream;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages from array to array where nearly all files can be: snappy and zstd. Parquet's
 * own way for these goes through buffers outside of the heap, which stay until somebody collects
 * garbage, and more copies. Brotli, for which it has no decoder, comes beside them; all else is
 * left to it.
 */
public final class ArrayCodecs implements CompressionCodecFactory {
  private final CompressionCodecFactory others;

  /**
   * @param others for all other codecs, and for compressing
   */
  public ArrayCodecs(CompressionCodecFactory others) {
    this.others = others;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ParquetDecodingException if nothing here decompresses it
   */
  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case SNAPPY -> new Decompressor(ArrayCodecs::snappy);
      case ZSTD -> new Decompressor(ArrayCodecs::zstd);
      case BROTLI -> new Decompressor(ArrayCodecs::brotli);
      case LZO ->
          throw new ParquetDecodingException(
              "compressed with %s, which is not read; write it anew with zstd, snappy, gzip, lz4_raw or brotli"
                  .formatted(codec));
      default -> others.getDecompressor(codec);
    };
  }

  @Override
  public void release() {
    others.release();
  }

  private static int snappy(ByteBuffer from, byte[] to) throws IOException {
    int offset = from.arrayOffset() + from.position();
    // Else it would write beyond what there is room for.
    if (Snappy.uncompressedLength(from.array(), offset, from.remaining()) != to.length) {
      return -1;
    }
    return Snappy.uncompress(from.array(), offset, from.remaining(), to, 0);
  }

  private static int zstd(ByteBuffer from, byte[] to) throws IOException {
    int offset = from.arrayOffset() + from.position();
    try {
      return (int)
          Zstd.decompressByteArray(to, 0, to.length, from.array(), offset, from.remaining());
    } catch (ZstdException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static int brotli(ByteBuffer from, byte[] to) throws IOException {
    int offset = from.arrayOffset() + from.position();
    try (InputStream in =
        new BrotliInputStream(new ByteArrayInputStream(from.array(), offset, from.remaining()))) {
      int filled = in.readNBytes(to, 0, to.length);
      return in.read() < 0 ? filled : -1;
    }
  }

  /** Fills an array; what it returns is how much of it was filled. */
  private interface Codec {
    int decompress(ByteBuffer from, byte[] to) throws IOException;
  }

  private record Decompressor(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      ByteBuffer compressed = bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), made -> {});
      return BytesInput.from(decompressed(compressed, size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
        throws IOException {
      ByteBuffer compressed = input.slice().limit(compressedSize);
      output.put(decompressed(compressed, size));
      input.position(input.position() + compressedSize);
    }

    private byte[] decompressed(ByteBuffer compressed, int size) throws IOException {
      ByteBuffer from = compressed;
      if (!from.hasArray()) {
        from = ByteBuffer.allocate(compressed.remaining());
        from.put(compressed.duplicate()).flip();
      }
      if (size < 0) {
        throw new IOException("a page of %s bytes".formatted(size));
      }
      byte[] page = new byte[size];
      if (size == 0) {
        // A page of nulls alone may have no bytes at all.
        return page;
      }
      int found = codec.decompress(from, page);
      if (found != size) {
        throw new IOException("a page of other than the %s bytes that it says".formatted(size));
      }
      return page;
    }

    @Override
    public void release() {}
  }
}
