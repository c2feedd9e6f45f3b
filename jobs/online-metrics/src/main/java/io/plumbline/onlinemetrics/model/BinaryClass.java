package io.plumbline.onlinemetrics.model;

/** A class of a binary model. */
public enum BinaryClass {
  NEGATIVE,
  POSITIVE
}
