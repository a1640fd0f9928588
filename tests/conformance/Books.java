import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;

/**
 * Judges books with EPUBCheck: `Books.java file…` prints a line for each message, usage included, its file
 * first, and a line for each file that was judged.
 */
public class Books {
    public static void main(String[] names) {
        for (String name : names) {
            new EpubCheck(new File(name), new Told(name)).doValidate();
            System.out.println(name + "\tjudged");
        }
    }

    static class Told extends MasterReport {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public void message(Message message, EPUBLocation location, Object... values) {
            String what = message.getMessage(values).replaceAll("\\s+", " ");
            System.out.println(name + "\t" + message.getSeverity() + "\t" + message.getID() + " in "
                + location.getPath() + ", line " + location.getLine() + ": " + what);
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {}
    }
}
