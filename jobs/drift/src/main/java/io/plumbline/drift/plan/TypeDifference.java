package io.plumbline.drift.plan;

import java.io.Serializable;

/**
 * How the types of a compared column differ between files.
 *
 * @param words the types and their files; where values are converted, into what
 * @param converts whether all values are compared all the same
 * @param referenceIsOne whether the reference's files have one type, or types that convert
 */
public record TypeDifference(String words, boolean converts, boolean referenceIsOne)
    implements Serializable {}
