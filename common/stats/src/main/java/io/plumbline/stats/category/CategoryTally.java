package io.plumbline.stats.category;

/** A category and how often it stands. */
public record CategoryTally(String category, long count) {}
