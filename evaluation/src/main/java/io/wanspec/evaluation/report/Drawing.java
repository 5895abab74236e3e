package io.wanspec.evaluation.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Makes of ECharts' drawing one that stands by itself and beside others in a page: with its title for readers who hear it, what
 * each point says to who points at it, colours for dark pages, and names of its own. What ECharts adds for its own scripts goes.
 */
final class Drawing {
    /** Attributes by which ECharts says which point an element stands for. */
    private static final String SERIES = "ecmeta_series_index";

    private static final String POINT = "ecmeta_data_index";
    private static final String KIND = "ecmeta_ssr_type";
    private static final String SILENT = "ecmeta_silent";

    private static final List<String> NEEDLESS =
            List.of(SERIES, POINT, KIND, SILENT, "class", "pointer-events", "xml:space", "xmlns:xlink", "baseProfile");

    private final Document document;
    private final Chart chart;
    private final String name;

    private Drawing(Document document, Chart chart, String name) {
        this.document = document;
        this.chart = chart;
        this.name = name;
    }

    /** @param name no other drawing in the page has it */
    static String of(Chart chart, String name, ECharts library) {
        Drawing drawing = new Drawing(parsed(library.svg(chart)), chart, name);
        drawing.replaceStyle();
        drawing.elements().forEach(drawing::complete);
        drawing.elements().forEach(drawing::strip);
        return drawing.written();
    }

    private void replaceStyle() {
        Element root = document.getDocumentElement();
        elements().stream()
                .filter(each -> each.getTagName().equals("style"))
                .forEach(each -> each.getParentNode().removeChild(each));
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", chart.title());
        Element style = document.createElement("style");
        style.setTextContent(Look.darkStyle());
        root.insertBefore(style, root.getFirstChild());
    }

    private void complete(Element element) {
        if (element.getAttribute(KIND).equals("chart") && !element.hasAttribute(SILENT)) {
            Series series = chart.series().get(Integer.parseInt(element.getAttribute(SERIES)));
            Element title = document.createElement("title");
            title.setTextContent(series.points()
                    .get(Integer.parseInt(element.getAttribute(POINT)))
                    .hint());
            element.appendChild(title);
        }
        for (String reference : new String[] {"id", "clip-path"}) {
            if (element.hasAttribute(reference)) {
                element.setAttribute(reference, element.getAttribute(reference).replaceFirst("zr[0-9]+", name));
            }
        }
    }

    private void strip(Element element) {
        NEEDLESS.forEach(element::removeAttribute);
    }

    private List<Element> elements() {
        NodeList all = document.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    private static Document parsed(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("ECharts drew no SVG: " + svg, e);
        }
    }

    private String written() {
        try {
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter out = new StringWriter();
            writer.transform(new DOMSource(document), new StreamResult(out));
            return out.append('\n').toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("a drawing cannot be written", e);
        }
    }
}
