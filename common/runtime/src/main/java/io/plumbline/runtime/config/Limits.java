package io.plumbline.runtime.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key of the config may be, beside its type. */
final class Limits {
  private Limits() {}

  /** The key must be there. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Required {}

  /** The least and greatest number allowed. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Between {
    double least();

    double greatest() default Double.POSITIVE_INFINITY;

    /** Whether the least itself is not allowed. */
    boolean above() default false;
  }

  /** The default, as it would stand in the file. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    String value();
  }

  /** The key's name, where it is not the component's. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface KeyName {
    String value();
  }

  /** The keys that a mapping may have. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Keys {
    String[] value();
  }

  /** A duration or size, or each of a list or mapping, is more than nothing. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Positive {}

  /**
   * The value is never written in clear: {@code ${env:NAME}} or {@code ${file:PATH}}. Of a mapping:
   * the values of the keys that {@link SecretText#isSecretOption} tells.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Secret {}

  /** The constants of an enum stand in the file in upper case, as in the code. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface AsWritten {}

  /** The keys of this component stand beside the others, not below one of their own. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Inline {}
}
