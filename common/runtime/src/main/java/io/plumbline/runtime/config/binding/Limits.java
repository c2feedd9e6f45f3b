package io.plumbline.runtime.config.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Annotations of a config record's components: what a key may be, beside its type. */
public final class Limits {
  private Limits() {}

  /** The key must be there. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Required {}

  /** The least and greatest number allowed. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Between {
    double least();

    double greatest() default Double.POSITIVE_INFINITY;

    /** Whether the least itself is not allowed. */
    boolean above() default false;
  }

  /** The default, as it would stand in the file. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Default {
    String value();
  }

  /** The key's name, where it is not the component's. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface KeyName {
    String value();
  }

  /** The keys that a mapping may have. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Keys {
    String[] value();
  }

  /** A duration or size, or each of a list or mapping, is more than nothing. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Positive {}

  /**
   * The value is never written in clear: {@code ${env:NAME}} or {@code ${file:PATH}}. Of a mapping:
   * the values of the keys that {@link SecretText#isSecretOption} tells.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Secret {}

  /** The constants of an enum stand in the file in upper case, as in the code. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  public @interface AsWritten {}

  /** The keys of this component stand beside the others, not below one of their own. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Inline {}

  /** A list or mapping that is there has an entry at least; {@link Required} has this in it. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface NotEmpty {}

  /** A list of one may be written as the single value that it holds. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface OneOrMore {}

  /**
   * The component has no key: it is the single value that may stand in the place of the whole
   * mapping. At most one of a record.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Alone {}
}
