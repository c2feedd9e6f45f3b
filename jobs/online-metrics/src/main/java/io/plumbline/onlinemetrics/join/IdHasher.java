package io.plumbline.onlinemetrics.join;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes prediction ids, in one thread. */
final class IdHasher {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest;
  private final byte[] bytes;

  IdHasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    bytes = new byte[digest.getDigestLength()];
  }

  IdHash hash(String id) {
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    try {
      digest.digest(bytes, 0, bytes.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer has the digest's length", e);
    }
    return new IdHash((long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, Long.BYTES));
  }
}
