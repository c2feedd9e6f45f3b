package io.plumbline.drift.plan;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * A path with {@code *} (any characters of a name), {@code ?} (one), {@code [a-c]} (one of these)
 * or {@code **} (folders of any depth); <code>{a,b}</code> makes two of one. As in a shell, hidden
 * names match only what begins as they do.
 *
 * @param base the folder before the first name that is a pattern
 * @param names those that follow
 */
record PathPattern(Path base, List<String> names) {
  private static final String ANY_DEPTH = "**";
  private static final String SIGNS = "*?[{";

  /** Whether a path can be one. */
  static boolean is(Path path) {
    return is(path.toUri().getPath());
  }

  private static boolean is(String text) {
    return text.chars().anyMatch(c -> SIGNS.indexOf(c) >= 0);
  }

  /** The folder before the first pattern of a path. */
  static Path base(Path path, Folders folders) throws IOException {
    return split(path, path.toUri().getPath(), folders).base;
  }

  /** Those that a path stands for; it is absolute. */
  static List<PathPattern> of(Path path, Folders folders) throws IOException {
    List<PathPattern> all = new ArrayList<>();
    for (String each : withoutBraces(path.toUri().getPath())) {
      all.add(split(path, each, folders));
    }
    return all;
  }

  /** A folder that is there under such a name is no pattern. */
  private static PathPattern split(Path path, String text, Folders folders) throws IOException {
    List<String> all = List.of(text.split("/+"));
    int first = 1;
    Path base = folder(path, all.subList(0, first));
    while (first < all.size() - 1) {
      Path next = folder(path, all.subList(0, first + 1));
      if (is(all.get(first)) && !folders.isFolder(next)) {
        break;
      }
      base = next;
      first++;
    }
    return new PathPattern(base, all.subList(first, all.size()));
  }

  private static Path folder(Path of, List<String> names) throws IOException {
    String text = String.join("/", names) + "/";
    try {
      return new Path(new URI(of.toUri().getScheme(), of.toUri().getAuthority(), text, null, null));
    } catch (URISyntaxException e) {
      throw new IOException(text + " cannot be named", e);
    }
  }

  /** The texts that one with braces stands for; an open one is a sign like others. */
  static List<String> withoutBraces(String text) {
    int open = text.indexOf('{');
    int close = closing(text, open);
    if (close < 0) {
      return List.of(text);
    }
    List<String> all = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    for (int i = open + 1; i <= close; i++) {
      char c = text.charAt(i);
      if (depth == 0 && (c == ',' || i == close)) {
        String one = text.substring(0, open) + text.substring(from, i) + text.substring(close + 1);
        all.addAll(withoutBraces(one));
        from = i + 1;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return all;
  }

  private static int closing(String text, int open) {
    if (open < 0) {
      return -1;
    }
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** What is there and matches. */
  List<FileStatus> matches(Folders folders) throws IOException {
    List<FileStatus> matches = new ArrayList<>();
    if (folders.isFolder(base)) {
      match(base, 0, folders, matches);
    }
    return matches;
  }

  private void match(Path folder, int index, Folders folders, List<FileStatus> matches)
      throws IOException {
    String name = names.get(index);
    boolean last = index == names.size() - 1;
    if (name.equals(ANY_DEPTH) && !last) {
      match(folder, index + 1, folders, matches);
    }
    Pattern pattern = compiled(name);
    for (FileStatus child : folders.list(folder).children()) {
      String childName = child.getPath().getName();
      boolean shown = !Folders.isHidden(childName) || name.charAt(0) == childName.charAt(0);
      if (!shown || !pattern.matcher(childName).matches()) {
        continue;
      }
      if (last) {
        matches.add(child);
      } else if (child.isDir() && !name.equals(ANY_DEPTH)) {
        match(child.getPath(), index + 1, folders, matches);
      } else if (child.isDir() && !folders.isLink(child.getPath())) {
        // A link may lead back.
        match(child.getPath(), index, folders, matches);
      }
    }
  }

  private static Pattern compiled(String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      int close = c == '[' ? name.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        boolean not = name.charAt(i + 1) == '!' || name.charAt(i + 1) == '^';
        String set = name.substring(i + (not ? 2 : 1), close);
        regex.append(not ? "[^" : "[").append(set.replaceAll("[\\[\\]&^\\\\]", "\\\\$0"));
        regex.append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
