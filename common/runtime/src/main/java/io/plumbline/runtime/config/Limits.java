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

  /** The section is another part's: it is accepted and left unread here. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Unread {}

  /** The keys of this component stand beside the others, not below one of their own. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Inline {}
}
