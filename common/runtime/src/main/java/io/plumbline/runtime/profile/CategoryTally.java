package io.plumbline.runtime.profile;

/** A category and how often it stands. */
public record CategoryTally(String category, long count) {}
